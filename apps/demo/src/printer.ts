import { createProgress } from './progress.ts'
import { type Plan, type Report, STEP_NAMES } from './protocol.ts'
import { headLine, machineLine, roundsLine, stepLabel, stepLine, subjectLine } from './report.ts'
import type { Machine, Way } from './result.ts'

/** Hears of every way as it is measured. */
export interface Listener {
  /** A process was started. */
  began(way: Way): void
  /** It reported; `way` has what it said. */
  reported(way: Way, report: Report): void
  /** It ended, well or not. */
  ended(way: Way): void
}

/** For --json, where nothing is said before the end. */
export const silence: Listener = { began() {}, reported() {}, ended() {} }

/** Prints each figure when it is known, and the machine above the first. */
export function createPrinter(stream: NodeJS.WriteStream, machine: Machine, plan: Plan): Listener {
  const progress = createProgress(stream)
  const print = (line: string) => stream.write(`${line}\n`)
  let headed = false

  const printHead = (way: Way) => {
    if (!headed) print(`${machineLine(machine)}\n${subjectLine(way, plan)}`)
    headed = true
    print(`\n${headLine(way)}`)
  }
  return {
    began(way) {
      progress.show(`${way.name}: warming up`)
    },
    reported(way, report) {
      if ('zeroed' in report || 'maps' in report) return
      progress.show()
      if ('ready' in report) printHead(way)
      const step = way.steps.at(-1)
      if ('step' in report && step !== undefined) print(stepLine(way, step, plan))
      progress.show(runningLabel(way, plan))
    },
    ended(way) {
      progress.show()
      if (way.rounds !== undefined) print(roundsLine(way))
    },
  }
}

/** What the process is at, by what it has reported. */
function runningLabel(way: Way, plan: Plan): string | undefined {
  const step = STEP_NAMES[way.steps.length]
  if (step !== undefined) return stepLabel(way, step, plan)
  const round = (way.rounds?.length ?? 1) + 1
  return round <= plan.rounds ? `round ${round} of ${plan.rounds}` : undefined
}
