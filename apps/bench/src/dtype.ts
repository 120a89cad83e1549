/** What the parties need to know of a dtype: its kind, its type in C, its typed array in JavaScript. */
export interface DTypeFacts {
  readonly kind: 'bool' | 'int' | 'uint' | 'float'
  readonly c: string
  readonly array: string
  /** The dtype that sums are kept in. */
  readonly sum: DTypeName
}

export const DTYPES = {
  bool: { kind: 'bool', c: 'uint8_t', array: 'Uint8Array', sum: 'int64' },
  int8: { kind: 'int', c: 'int8_t', array: 'Int8Array', sum: 'int64' },
  int16: { kind: 'int', c: 'int16_t', array: 'Int16Array', sum: 'int64' },
  int32: { kind: 'int', c: 'int32_t', array: 'Int32Array', sum: 'int64' },
  int64: { kind: 'int', c: 'int64_t', array: 'BigInt64Array', sum: 'int64' },
  uint8: { kind: 'uint', c: 'uint8_t', array: 'Uint8Array', sum: 'uint64' },
  uint16: { kind: 'uint', c: 'uint16_t', array: 'Uint16Array', sum: 'uint64' },
  uint32: { kind: 'uint', c: 'uint32_t', array: 'Uint32Array', sum: 'uint64' },
  uint64: { kind: 'uint', c: 'uint64_t', array: 'BigUint64Array', sum: 'uint64' },
  float32: { kind: 'float', c: 'float', array: 'Float32Array', sum: 'float32' },
  float64: { kind: 'float', c: 'double', array: 'Float64Array', sum: 'float64' },
} as const satisfies Record<string, { kind: string; c: string; array: string; sum: string }>

export type DTypeName = keyof typeof DTYPES

export const ALL = Object.keys(DTYPES) as DTypeName[]
export const NUMERIC = ALL.filter(name => name !== 'bool')
export const FLOATS: DTypeName[] = ['float32', 'float64']

export const isBig = (name: DTypeName): boolean => DTYPES[name].array.startsWith('Big')

/** The value in the middle of the operands' range: what comparisons and filters compare with. */
export function middle(name: DTypeName): number {
  const { kind } = DTYPES[name]
  return kind === 'bool' ? 0 : kind === 'float' ? 5 : 50
}
