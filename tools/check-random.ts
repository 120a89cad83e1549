/**
 * Compares random numbers with NumPy's, of methods, parameters, sizes and dtypes that are in no fixture; see
 * check-random.py.
 */
import { createInterface } from 'node:readline'
import type { DType } from '../packages/ndarray/src/dtype.ts'
import * as nd from '../packages/ndarray/src/index.ts'
import { viewed } from '../packages/ndarray/test/random-steps.ts'

interface Encoded {
  dtype: DType
  shape: number[]
  /** The elements' bytes, in base64. */
  data: string
  view?: Parameters<typeof viewed>[1]
}
type List = string | List[]
/** A number, an integer as text, an array, nested lists of numbers as text. */
type Told = number | string | Encoded | { list: List; kind: string }

interface Step {
  method: string
  given: Told[]
  options: Record<string, unknown>
  result: Encoded
  /** The largest of the parts that a result was made of, where logarithms make it differ. */
  near: number | null
  state: object
}

interface Line {
  generator: 'PCG64' | 'PCG64DXSM' | 'SFC64' | 'Philox' | 'MT19937'
  seed: string | string[]
  legacy: 'wrapped' | 'seeded' | null
  jumped: number
  steps: Step[]
}

/** Units of 2^−53, or of 2^−24, that a result may be off, measured by its largest part. */
const UNITS = 32

function arrayOf({ dtype, shape, data }: Encoded): nd.NDArray {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'))
  const array = nd.zeros(shape, { dtype })
  const { buffer, byteOffset, byteLength } = array.data
  new Uint8Array(buffer, byteOffset, byteLength).set(bytes)
  return array
}

function integer(text: string): number | bigint {
  return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)
}

function listOf(list: List, kind: string): unknown {
  if (Array.isArray(list)) return list.map(part => listOf(part, kind))
  return kind === 'f' ? Number(list) : integer(list)
}

function toArgument(told: Told): unknown {
  if (typeof told === 'number') return told
  if (typeof told === 'string') return integer(told)
  if ('list' in told) return listOf(told.list, told.kind)
  const base = arrayOf(told)
  const view = viewed(base, told.view)
  bases.set(view, base)
  return view
}

/** What an argument is a view of. */
const bases = new WeakMap<nd.NDArray, nd.NDArray>()

function toOptions(options: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(options)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name === 'p' ? arrayOf(value as Encoded) : value]),
  )
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** A state in the words of the script. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, String)
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return String(value)
  const snake = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [snake(name), plain(part)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]))
}

function makeGenerator({
  generator,
  seed,
  legacy,
  jumped,
}: Line): nd.random.Generator | nd.random.RandomState {
  const entropy = typeof seed === 'string' ? BigInt(seed) : seed.map(BigInt)
  if (legacy === 'seeded') return new nd.random.RandomState(entropy)
  const bits = new nd.random[generator](entropy)
  const from = jumped > 0 ? (bits as nd.random.PCG64).jumped(jumped) : bits
  return legacy ? new nd.random.RandomState(from) : new nd.random.Generator(from)
}

/** What is different about a step; undefined when nothing is. */
function difference(rng: nd.random.Generator | nd.random.RandomState, step: Step): string | undefined {
  const given = step.given.map(toArgument)
  const options = toOptions(step.options)
  const call = (rng as unknown as Record<string, (...given: unknown[]) => unknown>)[camel(step.method)]
  const made = call?.apply(rng, Object.keys(options).length > 0 ? [...given, options] : given)
  const result = step.method === 'shuffle' ? bases.get(given[0] as nd.NDArray) : made
  const state = JSON.stringify(sorted(plain(rng.bitGenerator.state)))
  const wrong = compare(result, step.result, step.near)
  return wrong ?? (state === JSON.stringify(sorted(step.state)) ? undefined : 'state')
}

function compare(result: unknown, expected: Encoded, near: number | null): string | undefined {
  const right = arrayOf(expected)
  const left = result instanceof nd.NDArray ? result : nd.array(result as never, { dtype: expected.dtype })
  if (left.dtype !== right.dtype) return `dtype ${left.dtype}, not ${right.dtype}`
  if (String(left.shape) !== String(right.shape)) return `shape ${left.shape}, not ${right.shape}`
  const unit = UNITS * (expected.dtype === 'float32' ? 2 ** -24 : 2 ** -53)
  const values = right.toTypedArray()
  for (const [i, value] of left.toTypedArray().entries()) {
    const other = values[i] as number
    if (Object.is(value, other)) continue
    const allowed = near === null ? 0 : unit * Math.max(near, Math.abs(other))
    if (!(Math.abs((value as number) - other) <= allowed)) return `element ${i}: ${value}, not ${other}`
  }
  return undefined
}

let generators = 0
let steps = 0
let wrong = 0
for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line) as Line
  generators++
  nd.scope(() => {
    let rng: nd.random.Generator | nd.random.RandomState | undefined
    for (const step of told.steps) {
      let different: string | undefined
      try {
        rng ??= makeGenerator(told)
        different = difference(rng, step)
      } catch (error) {
        different = String(error)
      }
      steps++
      if (different === undefined) continue
      wrong++
      const { method, given, options } = step
      console.log(`${told.generator} ${told.seed} ${told.legacy ?? ''} ${method}: ${different}`)
      console.log(`  ${JSON.stringify(given).slice(0, 300)} ${JSON.stringify(options).slice(0, 200)}`)
      break
    }
  })
}
nd.memory.check()
console.log(`${generators} generators, ${steps} steps, ${wrong} with differences`)
process.exitCode = wrong > 0 || steps === 0 ? 1 : 0
