import type { Case, OperandName } from './cases.ts'
import { constants } from './operands.ts'

/** What differs between the parties that are written in JavaScript. */
export interface Side {
  readonly version: string
  /** What is in scope of a text beside the operands. */
  readonly scope: Record<string, unknown>
  text(task: Case): string | undefined
  operand(name: OperandName, task: Case): unknown
  release(operand: unknown): void
  /** What a loop does with a text's value that is not `out`, as source over `it`. */
  readonly after: string
  sample(result: unknown, out: unknown): number
}

/**
 * A function that runs a text once and returns its value, and one that runs it many times. Each case has
 * source of its own, so that a loop sees the types of one case only.
 */
export function compile(side: Side, task: Case, text: string, operands: Record<string, unknown>) {
  const { size: n, rows, cols, dtype } = task
  const scope = { ...side.scope, ...constants(dtype), ...operands, n, rows, cols, dtype }
  const names = Object.keys(scope)
  // The engine keeps what it learnt of types with the source, so no two are the same.
  const make = (source: string) =>
    new Function(...names, `/* ${compiled++} */ ${source}`)(...Object.values(scope))
  const expression = side.after !== ''
  const body = expression ? `return ${text}` : text
  const each = expression
    ? `const it = ${text}; ${names.includes('out') ? 'if (it !== out) ' : ''}${side.after}`
    : 'keep(once())'
  const once = make(`return function once() { ${body} }`) as () => unknown
  const many = make(
    `function once() { ${body} } return function many(times) { for (let t = 0; t < times; t++) { ${each} } }`,
  ) as (times: number) => void
  return { once, many }
}

let compiled = 0

const kept: { value?: unknown } = {}

/** Makes a value escape, so that the engine cannot leave out the work for it. */
export function keep(value: unknown): void {
  kept.value = value
}
