/**
 * The conformance bridge's end in Node: reads calls of Ebb's functions from standard input, one a line, and
 * answers each on standard output. It knows no function: it finds them by name in `@ebb/ndarray`. The other end
 * is `ebb/_pipe.py`.
 *
 *     call   [dead, name, positional, options]    dead: ids of arrays that Python no longer has
 *     answer [true, result] or [false, class of the error, message]
 *
 * A name that begins with a dot is a method of the first argument. What JSON has no word for is an object with
 * one key: {a: id} an array, {v: …} values (a string is an integer, which becomes a bigint), {f: text} a number
 * that is NaN (with its sign), infinite or −0, {newaxis: 1}. Results likewise: {a: [id, dtype, shape]},
 * {i: text} a bigint, {d: name} a dtype, {o: pairs} an object.
 */
import { readSync, writeSync } from 'node:fs'
import * as nd from '../../packages/ndarray/src/index.ts'

type Call = [dead: number[], name: string, positional: unknown[], options: Record<string, unknown>]

const arrays = new Map<number, nd.NDArray>()
const known = new WeakSet<nd.NDArray>()
let lastId = 0
const NEGATIVE_NAN = new Float64Array(new BigInt64Array([-1n]).buffer)[0] as number

function decode(word: unknown): unknown {
  if (Array.isArray(word)) return word.map(decode)
  if (word === null || typeof word !== 'object') return word
  if ('a' in word) return arrays.get(word.a as number)
  if ('v' in word) return value(word.v)
  if ('f' in word) return word.f === '-NaN' ? NEGATIVE_NAN : Number(word.f)
  if ('newaxis' in word) return nd.newaxis
  return Object.fromEntries(Object.entries(word).map(([key, part]) => [key, decode(part)]))
}

function value(word: unknown): unknown {
  if (Array.isArray(word)) return word.map(value)
  return typeof word === 'string' ? BigInt(word) : decode(word)
}

function encode(result: unknown): unknown {
  if (result instanceof nd.NDArray) return encodeArray(result)
  if (Array.isArray(result)) return result.map(encode)
  if (typeof result === 'bigint') return { i: String(result) }
  if (typeof result === 'number') {
    if (Object.is(result, -0)) return { f: '-0' }
    return Number.isFinite(result) ? result : { f: String(result) }
  }
  if (typeof result === 'string') return Object.hasOwn(nd.dtypes, result) ? { d: result } : result
  if (result === null || typeof result !== 'object') return result ?? null
  return { o: Object.entries(result).map(([key, part]) => [key, encode(part)]) }
}

/** What was handed out already (an `out`) is not handed out twice: each id is released once. */
function encodeArray(array: nd.NDArray): unknown {
  if (known.has(array)) return null
  known.add(array)
  arrays.set(++lastId, array)
  return { a: [lastId, array.dtype, array.shape] }
}

function call(name: string, positional: unknown[], options: Record<string, unknown>): unknown {
  const parameters = Object.keys(options).length > 0 ? [...positional, options] : positional
  if (name.startsWith('.')) {
    const [self, ...rest] = parameters as [Record<string, (...rest: unknown[]) => unknown>]
    return self[name.slice(1)]?.(...rest)
  }
  const found = (nd as unknown as Record<string, (...parameters: unknown[]) => unknown>)[name]
  if (typeof found !== 'function') throw new nd.EbbError('EBB_MISSING', `Ebb has no function ${name}`)
  const result = found(...parameters)
  return isScalar(result) && options.keepdims === false ? reduced(result, found, positional, options) : result
}

function isScalar(result: unknown): result is nd.Scalar {
  return ['number', 'bigint', 'boolean'].includes(typeof result)
}

/** A full reduction's value as the 0-d array that the standard wants, in the dtype that Ebb's array of it has. */
function reduced(
  result: nd.Scalar,
  found: (...parameters: unknown[]) => unknown,
  positional: unknown[],
  options: Record<string, unknown>,
): nd.NDArray {
  using kept = found(...positional, { ...options, keepdims: true }) as nd.NDArray
  return nd.full([], result, { dtype: kept.dtype })
}

function answer(line: string): string {
  try {
    const [dead, name, positional, options] = JSON.parse(line) as Call
    for (const id of dead) {
      arrays.get(id)?.release()
      arrays.delete(id)
    }
    const parameters = positional.map(word => decode(word) ?? undefined)
    return JSON.stringify([true, encode(call(name, parameters, decode(options) as Record<string, unknown>))])
  } catch (error) {
    const { name, message, stack } = error as Error
    return JSON.stringify([false, name, error instanceof nd.EbbError ? message : (stack ?? message)])
  }
}

function writeAll(text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at)
}

const chunk = Buffer.alloc(1 << 20)
let rest = Buffer.alloc(0)
for (;;) {
  const length = readSync(0, chunk)
  if (length === 0) break
  rest = Buffer.concat([rest, chunk.subarray(0, length)])
  const end = rest.lastIndexOf(10)
  if (end < 0) continue
  const lines = rest.toString('utf8', 0, end).split('\n')
  rest = rest.subarray(end + 1)
  for (const line of lines) writeAll(`${answer(line)}\n`)
}
for (const array of arrays.values()) array.release()
nd.memory.check()
const { allocations, blocks } = nd.memory.heap()
writeAll(`Ebb's heap is sound: of ${allocations} allocations ${blocks} blocks are left\n`)
