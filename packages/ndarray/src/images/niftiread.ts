import type { NIFTI1 } from 'nifti-reader-js'
import { type DType, describe, dtypes } from '../dtype.ts'
import { DTypeError, EbbError, FormatError } from '../errors.ts'
import { add, multiply } from '../functions/arithmetic.ts'
import { astype } from '../functions/datatypes.ts'
import { LITTLE_ENDIAN_HOST } from '../io/npyheader.ts'
import { type ElementsHeader, readElements } from '../io/npyread.ts'
import { optional } from '../io/optional.ts'
import type { ByteSource, RandomSource } from '../io/randomsource.ts'
import { pull, type Reading } from '../io/reading.ts'
import { ownRoom } from '../io/room.ts'
import { openSource, type Source } from '../io/source.ts'
import { StreamSource } from '../io/streamsource.ts'
import type { NDArray } from '../ndarray.ts'
import { nbytes, toShape } from '../shape.ts'
import { inflate, MOST_EXPANSION } from './inflate.ts'
import { type Affine, affineOf } from './niftiaffine.ts'
import { bytesAt } from './whole.ts'

/** What becomes of a volume's values. */
export interface NiftiOptions {
  /**
   * Whether values are scaled as the header says, value × scl_slope + scl_inter, in float64 (as by nibabel's
   * get_fdata): true, or a floating dtype to do it in. Default false: values and dtype are the file's.
   */
  scaled?: boolean | 'float32' | 'float64' | undefined
}

/** A volume, and where it is. */
export interface NiftiVolume {
  /** The voxels; the caller's. Axes are x, y, z and time, as by nibabel: x runs fastest in memory. */
  readonly array: NDArray
  /** Rows of the 4×4 matrix that leads from indices to millimetres, as nibabel's `affine`. */
  readonly affine: Affine
  /** The header as the package nifti-reader-js has it; its own `affine` prefers the qform at times. */
  readonly header: NIFTI1
}

/** What is known before the voxels are read. */
interface VolumeHeader extends ElementsHeader {
  readonly affine: Affine
  readonly header: NIFTI1
  readonly dataOffset: number
}

const HEADER_BYTES = 348
/** Header and flags of extensions: a volume does not begin before. */
const FIRST_OFFSET = 352
const SKIP_BYTES = 65536
const GZIP = [0x1f, 0x8b]
const CHUNK_BYTES = 65536

/** Dtypes by the codes of NIfTI-1. */
const DATATYPES: Readonly<Record<number, DType>> = {
  2: 'uint8',
  4: 'int16',
  8: 'int32',
  16: 'float32',
  64: 'float64',
  256: 'int8',
  512: 'uint16',
  768: 'uint32',
  1024: 'int64',
  1280: 'uint64',
}

/**
 * Reads a NIfTI-1 volume in one file, .nii or .nii.gz, in either byte order, straight into the heap; the header
 * through the package nifti-reader-js.
 * @returns The array (of shape dim[1], dim[2], …, in Fortran order, as the file has it), the affine and the header.
 * @throws FormatError when the file is damaged or forged (where the source's size is known, more voxels than there
 * are bytes for: nothing is allocated then), and for pairs of .hdr and .img, NIfTI-2, complex and RGB voxels;
 * DependencyError; DTypeError for what is no source or option; OutOfMemoryError; the system's error. Nothing is left in
 * the heap then.
 */
export async function readNifti(from: Source, options: NiftiOptions = {}): Promise<NiftiVolume> {
  const { scaled = false } = options
  if (![true, false, 'float32', 'float64'].includes(scaled)) {
    throw new DTypeError(`scaled is true, false, 'float32' or 'float64', not ${describe(scaled)}`)
  }
  const library = await optional('nifti-reader-js', 'reading NIfTI files', () => import('nifti-reader-js'))
  const parse = (bytes: ArrayBuffer) => parseHeader(new library.NIFTI1(), bytes)
  const source = await openSource(from)
  try {
    const volume = await readAny(source, parse)
    return scaled ? scale(volume, scaled === true ? 'float64' : scaled) : volume
  } finally {
    await source.close()
  }
}

type Parse = (bytes: ArrayBuffer) => VolumeHeader

async function readAny(source: ByteSource, parse: Parse): Promise<NiftiVolume> {
  const start = new Uint8Array(GZIP.length)
  const preamble = start.subarray(0, await source.read(ownRoom(start)))
  if (!GZIP.every((byte, i) => preamble[i] === byte)) {
    return pull(readVolume(parse, preamble, source.size), source.read.bind(source))
  }
  return readCompressed(await source.whole(preamble), parse)
}

async function readCompressed(source: RandomSource, parse: Parse): Promise<NiftiVolume> {
  const unpacked = new StreamSource(inflate(piecesOf(source), 'gzip'))
  try {
    const most = source.size * MOST_EXPANSION
    return await pull(readVolume(parse, new Uint8Array(), most), unpacked.read.bind(unpacked))
  } finally {
    await unpacked.close()
  }
}

async function* piecesOf(source: RandomSource): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < source.size; at += CHUNK_BYTES) yield bytesAt(source, at, CHUNK_BYTES)
}

/**
 * @param preamble What was read already.
 * @param most Bytes that there can be in all, where that is known.
 */
function* readVolume(parse: Parse, preamble: Uint8Array, most: number | undefined): Reading<NiftiVolume> {
  const bytes = new Uint8Array(HEADER_BYTES)
  bytes.set(preamble)
  const rest = ownRoom(bytes.subarray(preamble.length))
  if ((yield rest) < rest.length) throw new FormatError('the NIfTI file ends inside its header')
  const volume = parse(bytes.buffer)
  const { dataOffset, dataBytes, affine, header } = volume
  if (most !== undefined && dataOffset + dataBytes > most) {
    throw new FormatError(
      `a NIfTI file with ${dataBytes} bytes of voxels from ${dataOffset} cannot have ${most} in all`,
    )
  }
  yield* skip(dataOffset - HEADER_BYTES)
  // Looking for more lets the checksum of what was compressed be found wrong.
  const array = yield* readElements(volume, 'NIfTI', function* () {
    yield ownRoom(new Uint8Array(1))
  })
  return { array, affine, header }
}

function* skip(count: number): Reading<void> {
  const bytes = new Uint8Array(Math.min(count, SKIP_BYTES))
  for (let left = count; left > 0; ) {
    const room = ownRoom(bytes.subarray(0, left))
    if ((yield room) < room.length) throw new FormatError('the NIfTI file ends before its voxels')
    left -= room.length
  }
}

function parseHeader(header: NIFTI1, bytes: ArrayBuffer): VolumeHeader {
  const view = new DataView(bytes)
  checkKind(view)
  header.readHeader(bytes)
  const { dims, datatypeCode, vox_offset: dataOffset } = header
  const ndim = dims[0] as number
  const dtype = DATATYPES[datatypeCode]
  if (!dtype) throw new FormatError(`NIfTI voxels of datatype ${datatypeCode} are not read`)
  if (ndim < 1 || ndim > 7) throw new FormatError(`a NIfTI volume cannot have ${ndim} axes`)
  if (!Number.isInteger(dataOffset) || dataOffset < FIRST_OFFSET) {
    throw new FormatError(`NIfTI voxels cannot begin at byte ${dataOffset}`)
  }
  try {
    const shape = toShape(dims.slice(1, ndim + 1))
    const swapped = header.littleEndian !== LITTLE_ENDIAN_HOST && dtypes[dtype].bytes > 1
    const dataBytes = nbytes(shape, dtype)
    const affine = affineOf(header, view)
    return { shape, dtype, dataBytes, dataOffset, swapped, fortranOrder: true, affine, header }
  } catch (error) {
    if (error instanceof EbbError)
      throw new FormatError(`impossible shape in a NIfTI header: ${error.message}`)
    throw error
  }
}

/** @throws FormatError for what is no NIfTI-1 file with its voxels in it */
function checkKind(view: DataView): void {
  const sizes = [view.getInt32(0, true), view.getInt32(0, false)]
  if (sizes.includes(540)) throw new FormatError('NIfTI-2 files are not read')
  const magic = String.fromCharCode(...new Uint8Array(view.buffer, 344, 4))
  if (magic === 'ni1\0') throw new FormatError('NIfTI pairs of .hdr and .img are not read')
  if (!sizes.includes(HEADER_BYTES) || magic !== 'n+1\0') throw new FormatError('not a NIfTI-1 file')
}

/** A slope of 0, or one that is no number, says that values are what they are. */
function scale(volume: NiftiVolume, dtype: 'float32' | 'float64'): NiftiVolume {
  const { scl_slope: slope, scl_inter: inter } = volume.header
  using stored = volume.array
  // Transposed, elements lie in C order: one pass over the memory, and the result is in Fortran order again.
  using transposed = stored.T
  using values = astype(transposed, dtype)
  if (slope !== 0 && Number.isFinite(slope) && Number.isFinite(inter)) {
    multiply(values, slope, { out: values })
    add(values, inter, { out: values })
  }
  return { ...volume, array: values.T }
}
