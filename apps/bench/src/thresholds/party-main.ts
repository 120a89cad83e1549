/** The party of Ebb, in a process of its own: `party-main.js cases.json folder`. See party.ts. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as nd from '@ebb/ndarray'
import { sample } from '../operands.ts'
import type { ThresholdCase } from './cases.ts'

const [file = '', folder = ''] = process.argv.slice(2)
const cases = JSON.parse(readFileSync(file, 'utf8')) as ThresholdCase[]
const kept: { image?: nd.NDArray; out?: nd.NDArray | undefined } = {}
let run: () => unknown = () => undefined

/** Reads the image, unless it is that of the case before, and makes `out`; all of it is resident then. */
function operands({ dtype, outDType, shape }: ThresholdCase): { a: nd.NDArray; out?: nd.NDArray } {
  kept.out?.release()
  kept.out = undefined
  if (kept.image?.dtype !== dtype) {
    kept.image?.release()
    kept.image = nd.loadSync(join(folder, `${dtype}.npy`))
  }
  if (outDType) kept.out = nd.zeros(shape, { dtype: outDType }).assign(outDType === 'bool' ? true : 1)
  return { a: kept.image, ...(kept.out && { out: kept.out }) }
}

/** The first run compiles what it needs, the second is looked at. */
function prepare(task: ThresholdCase): string {
  const scope = { nd, ...operands(task), ...task.levels }
  run = new Function(...Object.keys(scope), `return () => ${task.texts.ebb}`)(...Object.values(scope))
  run()
  nd.memory.trim()
  const isPeak = nd.memory.resetPeak()
  const { rss } = nd.memory.process()
  const { result, ns } = timed()
  const peak = isPeak ? Math.max(0, nd.memory.process().peakRss - rss) : Number.NaN
  return `ready ${sampleOf(result)} ${peak} ${ns}`
}

function timed(): { result: unknown; ns: bigint } {
  const start = process.hrtime.bigint()
  const result = run()
  return { result, ns: process.hrtime.bigint() - start }
}

/** Several thresholds are one number that tells of each. */
function sampleOf(result: unknown): number {
  if (result instanceof nd.NDArray) return sample(result.data)
  const found = Array.isArray(result) ? (result as number[]) : [Number(result)]
  return found.reduce((sum, value, at) => sum + value * (at + 1), 0)
}

function answer(line: string): string {
  const [command, argument] = line.split(' ')
  if (command === 'prepare') return prepare(cases[Number(argument)] as ThresholdCase)
  const start = process.hrtime.bigint()
  for (let times = Number(argument); times > 0; times--) run()
  return `ns ${process.hrtime.bigint() - start}`
}

const { version } = createRequire(import.meta.url)('../../../../packages/ndarray/package.json')
console.log(`hello ${version}`)
createInterface(process.stdin).on('line', line => {
  try {
    console.log(answer(line))
  } catch (error) {
    console.log(`missing ${String((error as Error).message).split('\n')[0]}`)
  }
})
