/** A NIfTI-1 file of int16, its bytes the other way round. */
export function bigEndianNifti(shape: [number, number, number], values: Int16Array): Buffer {
  const bytes = new DataView(new ArrayBuffer(352 + 2 * values.length))
  bytes.setInt32(0, 348)
  for (const [i, length] of [3, ...shape, 1, 1, 1, 1].entries()) bytes.setInt16(40 + 2 * i, length)
  bytes.setInt16(70, 4)
  bytes.setInt16(72, 16)
  bytes.setFloat32(108, 352)
  for (const [i, character] of [...'n+1'].entries()) bytes.setUint8(344 + i, character.charCodeAt(0))
  for (const [i, value] of values.entries()) bytes.setInt16(352 + 2 * i, value)
  return Buffer.from(bytes.buffer)
}
