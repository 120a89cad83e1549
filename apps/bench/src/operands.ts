import type { Case, OperandName } from './cases.ts'
import { DTYPES, type DTypeName, middle } from './dtype.ts'

export type Elements = { [index: number]: number | bigint; readonly length: number } & ArrayBufferView

const ARRAYS = {
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
}

/** The same 32 random bits for an index and a seed in every party (the finalizer of MurmurHash3). */
export function hash(index: number, seed: number): number {
  let x = (index + seed) | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

export const SEEDS: Record<OperandName, number> = {
  a: 1,
  m: 1,
  out: 1,
  b: 1e9,
  w: 1e9,
  mask: 2e9,
  index: 3e9,
}

/** Integers 1 to 100, floats 0.01 to 10.01, bools of even chance; indices below n. */
export function values(name: OperandName, task: Case): Elements {
  const dtype = dtypeOf(name, task)
  const length = name === 'out' ? task.outLength : task.size
  const Elements = ARRAYS[DTYPES[dtype].array]
  const elements: Elements = new Elements(length)
  // What `out` holds at first matters only where it is an operand, too.
  if (name === 'out' && (dtype !== task.dtype || length !== task.size)) return elements
  fill(elements, name === 'index' ? task.size : undefined, DTYPES[dtype].kind, SEEDS[name])
  return elements
}

function fill(elements: Elements, below: number | undefined, kind: string, seed: number): void {
  const { length } = elements
  const big = elements instanceof BigInt64Array || elements instanceof BigUint64Array
  // The lower halves of bigints, which need none to be made then.
  const words = big ? new Uint32Array(elements.buffer, elements.byteOffset, 2 * length) : elements
  const step = big ? 2 : 1
  for (let i = 0; i < length; i++) {
    const bits = hash(i, seed)
    if (kind === 'float') words[i] = (bits / 2 ** 32) * 10 + 0.01
    else if (kind === 'bool') words[i] = bits & 1
    else words[i * step] = below === undefined ? (bits % 100) + 1 : bits % below
  }
}

export function dtypeOf(name: OperandName, task: Case): DTypeName {
  if (name === 'mask') return 'bool'
  if (name === 'index') return 'int64'
  return name === 'out' ? task.outDType : task.dtype
}

export function isMatrix(name: OperandName): boolean {
  return name === 'm' || name === 'w'
}

export function constant(value: number, dtype: DTypeName): number | bigint | boolean {
  const { kind, array } = DTYPES[dtype]
  return kind === 'bool' ? value !== 0 : array.startsWith('Big') ? BigInt(value) : value
}

export const constants = (dtype: DTypeName) => ({
  k: constant(middle(dtype), dtype),
  high: constant(100, dtype),
  zero: constant(0, dtype),
})

/** Every third element, summed: enough to see that two parties computed the same. */
export function sample(elements: ArrayLike<number | bigint | boolean>): number {
  let sum = 0
  for (let i = 0; i < elements.length; i += 3) sum += Number(elements[i])
  return sum
}
