import type { NIFTI1 } from 'nifti-reader-js'

/** Rows of a 4×4 matrix. */
export type Affine = readonly (readonly number[])[]

/** Where srow_x, srow_y and srow_z are, four float32 each. */
const SROW_OFFSET = 280
/** Codes of what a transform leads to; 0 and unknown ones say that there is none. */
const MOST_XFORM = 5

/**
 * From a voxel's indices to millimetres, as nibabel gives it: the sform where there is one, else the qform, else
 * voxels' sizes around the middle, with x to the left. Sizes that are 0 count as 1, negative ones as positive.
 * @param bytes The header's bytes.
 */
export function affineOf(header: NIFTI1, bytes: DataView): Affine {
  const { sform_code: sform, qform_code: qform } = header
  if (isXform(sform)) return withLastRow([0, 1, 2].map(row => rowOf(bytes, row, header.littleEndian)))
  return withLastRow(isXform(qform) ? qformOf(header) : baseOf(header))
}

function isXform(code: number): boolean {
  return code >= 1 && code <= MOST_XFORM
}

function withLastRow(rows: readonly (readonly number[])[]): Affine {
  return [...rows, [0, 0, 0, 1]]
}

function rowOf(bytes: DataView, row: number, littleEndian: boolean): number[] {
  return [0, 1, 2, 3].map(column => bytes.getFloat32(SROW_OFFSET + 16 * row + 4 * column, littleEndian))
}

/** Voxels' sizes along the first three axes. */
function zoomsOf({ pixDims }: NIFTI1): [number, number, number] {
  return [1, 2, 3].map(axis => Math.abs(pixDims[axis] as number) || 1) as [number, number, number]
}

/** A rotation by the quaternion (a, b, c, d) of length 1, of which a ≥ 0 is not stored, and an offset. */
function qformOf(header: NIFTI1): number[][] {
  const { quatern_b: b, quatern_c: c, quatern_d: d, pixDims } = header
  const offset = [header.qoffset_x, header.qoffset_y, header.qoffset_z]
  const vector = b * b + c * c + d * d
  const a = Math.sqrt(Math.max(0, 1 - vector))
  // Where rounding made it longer than 1, it is scaled back.
  const s = 2 / Math.max(1, vector)
  const [x, y, z] = zoomsOf(header)
  const zooms = [x, y, pixDims[0] === -1 ? -z : z]
  const rotation = [
    [1 - s * (c * c + d * d), s * (b * c - a * d), s * (b * d + a * c)],
    [s * (b * c + a * d), 1 - s * (b * b + d * d), s * (c * d - a * b)],
    [s * (b * d - a * c), s * (c * d + a * b), 1 - s * (b * b + c * c)],
  ]
  return rotation.map((row, i) => [
    ...row.map((value, j) => value * (zooms[j] as number)),
    offset[i] as number,
  ])
}

function baseOf(header: NIFTI1): number[][] {
  const [x, y, z] = zoomsOf(header)
  const ndim = header.dims[0] as number
  const middle = [1, 2, 3].map(axis => ((axis <= ndim ? (header.dims[axis] as number) : 1) - 1) / 2)
  return [-x, y, z].map((zoom, row) =>
    [0, 1, 2].map(column => (column === row ? zoom : 0)).concat(-zoom * (middle[row] as number)),
  )
}
