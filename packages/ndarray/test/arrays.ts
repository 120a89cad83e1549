import fc from 'fast-check'
import * as nd from '../src/index.ts'
import { type Element, product, Reference } from './reference.ts'

/** Elements where kernels go wrong: the ends of the dtype, zeros of both signs, NaN, and a few that repeat. */
export function element(dtype: nd.DType): fc.Arbitrary<Element> {
  const { kind, min, max } = nd.dtypes[dtype]
  if (kind === 'bool') return fc.constantFrom(0, 1)
  if (kind === 'float') {
    const round = (value: number): number => (dtype === 'float32' ? Math.fround(value) : value)
    const special = [
      NaN,
      Infinity,
      -Infinity,
      0,
      -0,
      0.5,
      1,
      -1,
      2.5,
      1e10,
      -1e10,
      1e300,
      -3e38,
      5e-324,
      1e-45,
    ]
    return fc.oneof(
      fc.constantFrom(...[...special, Number(min), Number(max)].map(round)),
      fc.integer({ min: -4, max: 4 }),
      fc.double().map(round),
    )
  }
  if (typeof min === 'bigint') {
    const [low, high] = [min, max as bigint]
    const near = [
      low,
      low + 1n,
      high,
      high - 1n,
      2n ** 62n,
      2n ** 53n,
      2n ** 53n + 1n,
      2n ** 32n,
      0n,
      1n,
      2n,
      3n,
    ]
    return fc.oneof(fc.constantFrom(...near), fc.bigInt({ min: low, max: high }))
  }
  const [low, high] = [min as number, max as number]
  return fc.oneof(
    fc.constantFrom(low, low + 1, high, high - 1, 0, 1, 2, 3),
    fc.integer({ min: low, max: high }),
  )
}

/** How an array lies in its block: the margin, step and direction along each axis, and the order of axes. */
export interface Arrangement {
  readonly steps: readonly number[]
  readonly margin: number
  readonly fortran: boolean
}

export const arrangement: fc.Arbitrary<Arrangement> = fc.record({
  steps: fc.array(fc.constantFrom(1, 1, 1, -1, 2, -3), { minLength: 4, maxLength: 4 }),
  margin: fc.constantFrom(0, 0, 1, 3),
  fortran: fc.boolean(),
})

/** Up to three axes, sometimes one of length 0. */
export const shape: fc.Arbitrary<number[]> = fc.oneof(
  fc.array(fc.constantFrom(1, 2, 3, 5), { maxLength: 3 }),
  fc.integer({ min: 0, max: 70 }).map(length => [length]),
  fc.tuple(fc.constantFrom(0, 1, 2, 4), fc.integer({ min: 0, max: 35 })),
)

/** An array with the given elements, lying as arranged in a block that is otherwise full of `filler`. */
export function arranged<D extends nd.DType>(
  dtype: D,
  lengths: readonly number[],
  values: readonly Element[],
  how: Arrangement,
  filler: Element = values[0] ?? zeroOf(dtype),
): nd.NDArray<D> {
  const steps = lengths.map((_, axis) => how.steps[axis] ?? 1)
  const items = lengths.map((length, axis) => place(length, steps[axis] as number, how.margin))
  const whole = lengths.map((length, axis) => blockLength(length, steps[axis] as number, how.margin))
  const base = new Reference(whole, Array<Element>(product(whole)).fill(filler))
  const part = base.slice(items)
  part.cells.forEach((cell, i) => {
    base.store[cell] = values[i] as Element
  })
  using block = blockOf(dtype, whole, base.store, how.fortran)
  return block.slice(...items)
}

function blockLength(length: number, step: number, margin: number): number {
  return length === 0 ? margin : (length - 1) * Math.abs(step) + 1 + 2 * margin
}

function place(length: number, step: number, margin: number): nd.Slice {
  if (length === 0) return [0, 0]
  const last = margin + (length - 1) * Math.abs(step)
  if (step > 0) return [margin, last + 1, step]
  return [last, margin === 0 ? null : margin - 1, step]
}

function blockOf<D extends nd.DType>(
  dtype: D,
  lengths: readonly number[],
  values: readonly Element[],
  fortran: boolean,
): nd.NDArray<D> {
  const typed = typedArray(dtype, values)
  if (!fortran) return nd.fromTypedArray(typed, lengths, { dtype })
  const reversed = new Reference(lengths.toReversed(), [...values])
  const order = transposed(lengths)
  const laid = typedArray(
    dtype,
    order.map(at => reversed.store[at] as Element),
  )
  return nd.loadSync(npyFile(dtype, lengths, new Uint8Array(laid.buffer), { fortran: true })) as nd.NDArray<D>
}

/** For every place in Fortran order, the place of that element in C order. */
function transposed(lengths: readonly number[]): number[] {
  const places: number[] = []
  const visit = (axis: number, at: number, step: number): void => {
    if (axis < 0) {
      places.push(at)
      return
    }
    // The last axis varies slowest.
    for (let i = 0; i < (lengths[axis] as number); i++)
      visit(axis - 1, at + i * step, step * (lengths[axis] as number))
  }
  visit(lengths.length - 1, 0, 1)
  return places
}

export function typedArray<D extends nd.DType>(dtype: D, values: readonly Element[]): nd.TypedArrayOf<D> {
  const { array, bytes } = nd.dtypes[dtype]
  const typed = new array(new ArrayBuffer(values.length * bytes))
  for (let i = 0; i < values.length; i++) typed[i] = values[i] as never
  return typed
}

function zeroOf(dtype: nd.DType): Element {
  return dtype === 'int64' || dtype === 'uint64' ? 0n : 0
}

const CODES: Record<nd.DType, string> = {
  bool: '|b1',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  float32: '<f4',
  float64: '<f8',
}

/** The bytes of a .npy file of version 1, for little-endian machines. */
export function npyFile(
  dtype: nd.DType,
  lengths: readonly number[],
  data: Uint8Array,
  options: { fortran?: boolean } = {},
): Uint8Array {
  const tuple = lengths.length === 1 ? `(${lengths[0]},)` : `(${lengths.join(', ')})`
  const order = options.fortran ? 'True' : 'False'
  return npyFileOf(`{'descr': '${CODES[dtype]}', 'fortran_order': ${order}, 'shape': ${tuple}, }`, data)
}

/** The bytes of a .npy file with any header. */
export function npyFileOf(header: string, data: Uint8Array = new Uint8Array(), version = 1): Uint8Array {
  const text = new TextEncoder().encode(`${header}\n`)
  const length =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0]
  return Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length, ...text, ...data])
}

/** An array and its reference, of any dtype and arrangement unless they are given. */
export function sample(
  options: { dtype?: fc.Arbitrary<nd.DType>; shape?: fc.Arbitrary<readonly number[]> } = {},
): fc.Arbitrary<Sample> {
  const dtypes = options.dtype ?? fc.constantFrom(...(Object.keys(nd.dtypes) as nd.DType[]))
  return fc
    .tuple(dtypes, options.shape ?? shape, arrangement)
    .chain(([dtype, lengths, how]) =>
      fc
        .array(element(dtype), { minLength: product(lengths), maxLength: product(lengths) })
        .map(values => ({ dtype, shape: lengths, values, how })),
    )
}

export interface Sample {
  readonly dtype: nd.DType
  readonly shape: readonly number[]
  readonly values: Element[]
  readonly how: Arrangement
}

export function arrayOf(from: Sample): nd.NDArray {
  return arranged(from.dtype, from.shape, from.values, from.how)
}

export function referenceOf(from: Sample): Reference {
  return new Reference(from.shape, [...from.values])
}

/** Elements that repeat a few patterns, fast to make, for arrays above one chunk. */
export function pattern(dtype: nd.DType, length: number): Element[] {
  const few = fc.sample(element(dtype), { seed: 7, numRuns: 61 })
  return Array.from({ length }, (_, i) => few[i % 61] as Element)
}
