import { DTYPES, type DTypeName, isBig } from './dtype.ts'
import { ROWS, type Row } from './rows.ts'

/** A row for one dtype and size: what a party is told. It is written to a file as JSON, for all parties. */
export interface Case {
  readonly id: number
  readonly name: string
  readonly dtype: DTypeName
  readonly size: number
  /** The shape of the operands with two dimensions. */
  readonly rows: number
  readonly cols: number
  readonly outDType: DTypeName
  readonly outLength: number
  /** Whether the parties' results are not compared. */
  readonly unchecked: boolean
  readonly ebb: string
  readonly numpy?: string
  readonly peer?: string
  readonly js?: string
  readonly c?: string
}

export interface Selection {
  readonly only?: readonly string[]
  readonly sizes: readonly number[]
  readonly dtypes: readonly DTypeName[]
  /** Sizes that a row insists on are measured though they are not among `sizes`. */
  readonly ownSizes: boolean
}

/** A plain loop makes an object of every bigint: some seconds, for more than this. */
const MOST_BIGINTS = 1_000_000

/** All cases of a selection, grouped by dtype and size: the operands of a group are made once. */
export function selectCases({ only, sizes, dtypes, ownSizes }: Selection): Case[] {
  const rows = ROWS.filter(row => !only || only.includes(row.name))
  const own = ownSizes ? rows.flatMap(row => row.sizes ?? []) : []
  const all = [...new Set([...sizes, ...own])].sort((x, y) => x - y)
  const cases: Case[] = []
  for (const dtype of dtypes) {
    for (const size of all) {
      for (const row of rows) {
        if (row.dtypes.includes(dtype) && takesSize(row, size, sizes)) {
          cases.push(toCase(cases.length, row, dtype, size))
        }
      }
    }
  }
  return cases
}

function takesSize(row: Row, size: number, sizes: readonly number[]): boolean {
  return row.sizes ? row.sizes.includes(size) : sizes.includes(size) && size <= (row.most ?? Infinity)
}

export function toCase(id: number, row: Row, dtype: DTypeName, size: number): Case {
  const [rows, cols] = twoDimensions(size)
  const { out = 'same' } = row
  const outDType = out === 'same' ? dtype : out === 'sum' ? DTYPES[dtype].sum : out
  const outLength = row.outLength === 'rows' ? rows : row.outLength === 'cols' ? cols : size
  const { name, ebb, numpy, peer } = row
  // A bigint and a number do not mix in JavaScript.
  const mixed = isBig(outDType) !== isBig(dtype) && name !== 'astype' && outDType !== 'bool'
  const slow = isBig(dtype) && size > MOST_BIGINTS
  const js = mixed || slow ? undefined : jsBody(row, dtype)
  const c = cBody(row, dtype)
  return {
    id,
    name,
    dtype,
    size,
    rows,
    cols,
    outDType,
    outLength,
    unchecked: row.unchecked === true || row.unchecked === dtype,
    ebb,
    ...(numpy !== undefined && { numpy }),
    ...(peer !== undefined && { peer }),
    ...(js !== undefined && { js }),
    ...(c !== undefined && { c }),
  }
}

/** The shape nearest to a square. */
function twoDimensions(size: number): [number, number] {
  let rows = Math.floor(Math.sqrt(size))
  while (size % rows !== 0) rows--
  return [rows, size / rows]
}

function jsBody({ js, loop }: Row, dtype: DTypeName): string | undefined {
  if (js !== undefined || loop === undefined) return js
  const { from, each, value } = loop
  // A sum of bools is a number of them; `+` has made it one.
  const start = from === undefined ? '' : `let s = ${from === 'first' ? 'a[0]' : isBig(dtype) ? '0n' : '0'}; `
  const end = value === undefined ? '' : `; return ${value}`
  return `${start}for (let i = 0; i < n; i++) { ${each} }${end}`
}

function cBody({ c, loop }: Row, dtype: DTypeName): string | undefined {
  if (c !== undefined || loop === undefined) return c
  const { from, each, value } = loop
  const start =
    from === undefined
      ? ''
      : `${from === 'first' ? 'T' : accumulator(dtype)} s = ${from === 'first' ? 'a[0]' : '0'}; `
  const end = value === undefined ? '' : ` result = ${value};`
  return `${start}for (size_t i = 0; i < n; i++) { ${each}; }${end}`
}

/** Sums are kept in 64 bits. */
function accumulator(dtype: DTypeName): string {
  const { kind } = DTYPES[dtype]
  return kind === 'float' ? 'double' : kind === 'uint' ? 'uint64_t' : 'int64_t'
}

const OPERANDS = ['a', 'b', 'mask', 'index', 'm', 'w', 'out'] as const
export type OperandName = (typeof OPERANDS)[number]

/** The operands that a text names. */
export function operandsOf(text: string): OperandName[] {
  return OPERANDS.filter(name => new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(text))
}
