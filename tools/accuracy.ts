/**
 * What tools/accuracy.py asks for: `tsx tools/accuracy.ts FOLDER EVERY`. For each line of FOLDER/tasks, a function's
 * name, a dtype and the names of one or two files of arguments, it writes FOLDER/NAME.DTYPE, the results. Then it
 * prints the largest error of each function of one float32, over every EVERYth of all float32: JavaScript's
 * Math, in float64, is the exact value there.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as nd from '../packages/ndarray/src/index.ts'

const BLOCK = 1 << 20
const [folder = '.', every = '251'] = process.argv.slice(2)
/** A function that Math has, too; 'exp' stands for all. */
type Unary = 'exp'
const single = new Float32Array(1)
const bits = new Uint32Array(single.buffer)
type Anything = (...operands: unknown[]) => nd.NDArray
const library = nd as unknown as Record<string, Anything>

function computeTask(name: string, dtype: 'float64', files: string[]): void {
  const operands = files.map(file => nd.asarray(numbersOf(file), { dtype }))
  const result = library[name]?.(...operands) as nd.NDArray
  const { buffer, byteOffset, byteLength } = result.data as Float64Array
  writeFileSync(join(folder, `${name}.${dtype}`), new Uint8Array(buffer, byteOffset, byteLength))
  for (const array of [result, ...operands]) array.release()
}

/** Arguments are kept as float64. */
function numbersOf(file: string): Float64Array<ArrayBuffer> {
  const bytes = readFileSync(join(folder, file))
  return new Float64Array(new Uint8Array(bytes).buffer)
}

/** The largest error in ulp, and where it is. */
function largestError(name: Unary, step: number): [number, number] {
  const words = new Uint32Array(BLOCK)
  const floats = new Float32Array(words.buffer)
  const a = nd.zeros([BLOCK], { dtype: 'float32' })
  const out = nd.zeros([BLOCK], { dtype: 'float32' })
  const apply = library[name] as Anything
  let worst: [number, number] = [0, 0]
  for (let word = 0; word < 2 ** 32; word += BLOCK * step) {
    for (let i = 0; i < BLOCK; i++) words[i] = word + i * step
    ;(a.data as Float32Array).set(floats)
    const results = apply(a, { out }).data as Float32Array
    for (let i = 0; i < BLOCK; i++) {
      const error = errorOf(results[i] as number, Math[name](floats[i] as number))
      // NaN is an error, too.
      if (!(error <= worst[0])) worst = [error, floats[i] as number]
    }
  }
  a.release()
  out.release()
  return worst
}

function errorOf(result: number, exact: number): number {
  if (result === exact || (Number.isNaN(result) && Number.isNaN(exact))) return 0
  const size = Math.abs(exact)
  single[0] = size
  if (bits[0] === 0x7f800000) return result === single[0] * Math.sign(exact) ? 0 : Number.POSITIVE_INFINITY
  const exponent = Math.max((bits[0] as number) >>> 23, 1) - 150
  return Math.abs(result - exact) / 2 ** exponent
}

const found: Record<string, [number, number]> = {}
for (const line of readFileSync(join(folder, 'tasks'), 'utf8').trim().split('\n')) {
  const [name = '', dtype = '', ...files] = line.split(' ')
  computeTask(name, dtype as 'float64', files)
  if (files.length === 1 && dtype === 'float32') found[name] = largestError(name as Unary, Number(every))
}
console.log(JSON.stringify(found))
