/**
 * Reads what `demo --json` printed from standard input and checks the figures that must hold on every
 * machine: memory, never time. Prints each with its bound; exits 1 when one does not hold.
 */
import { readFileSync } from 'node:fs'

interface Step {
  name: 'start' | 'create' | 'filter' | 'release'
  rss: number
  peak: number
  ms: number
}

interface Way {
  name: string
  nbytes: number
  steps: Step[]
  rounds?: { rss: number }[]
}

const MIB = 2 ** 20
/** Bytes by which RSS may differ where it should be the same. */
const SLACK = MIB

let failures = 0

function check(what: string, bytes: number, bound: number): void {
  const holds = bytes <= bound
  if (!holds) failures++
  console.log(
    `${holds ? 'ok  ' : 'FAIL'} ${what}: ${(bytes / MIB).toFixed(2)} MiB, at most ${(bound / MIB).toFixed(2)}`,
  )
}

function stepOf(way: Way, name: Step['name']): Step {
  const step = way.steps.find(candidate => candidate.name === name)
  if (!step) throw new Error(`the way ${way.name} has no step ${name}`)
  return step
}

const report = JSON.parse(readFileSync(0, 'utf8')) as { ways: Way[] }
for (const name of ['mask', 'in-place']) {
  const way = report.ways.find(candidate => candidate.name === name)
  if (!way) throw new Error(`the demo measured no way ${name}`)
  const start = stepOf(way, 'start').rss
  const elements = way.nbytes / 4
  const mask = name === 'mask' ? elements : 0
  check(`${name}: kept after the release`, stepOf(way, 'release').rss - start, SLACK)
  check(`${name}: peak above the start`, stepOf(way, 'filter').peak - start, way.nbytes + mask + SLACK)
  for (const [i, round] of (way.rounds ?? []).entries())
    check(`${name}: kept after round ${i + 1}`, round.rss - start, SLACK)
  console.log(`     ${name}: filter ${stepOf(way, 'filter').ms} ms, release ${stepOf(way, 'release').ms} ms`)
}
process.exitCode = failures > 0 ? 1 : 0
