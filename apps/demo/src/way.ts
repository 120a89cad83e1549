/**
 * A measuring process: `node --expose-gc way.js mask|in-place PLAN`; with `subject` it only looks at the file.
 * It imports nothing but Ebb and Node's own modules, and reports as protocol.ts says.
 */
import { writeSync } from 'node:fs'
import * as nd from '@ebb/ndarray'
import { describeInput, type Filter, filters, measureWay } from './measure.ts'
import type { Plan, Report } from './protocol.ts'

/** Straight to the pipe: process.stdout would load its stream machinery amid the measurement. */
function report(report: Report): void {
  writeSync(1, `${JSON.stringify(report)}\n`)
}

const [way = '', planText = ''] = process.argv.slice(2)
const plan = JSON.parse(planText) as Plan
try {
  if (way === 'subject') report({ subject: describeInput(plan) })
  else await measureWay(filters[way] as Filter, plan, report)
} catch (error) {
  const { message } = error as Error
  if (plan.input === undefined || error instanceof nd.OutOfMemoryError) {
    report({ failure: { message, badFile: false } })
  } else {
    report({ failure: { message: `--input: ${plan.input}: ${message}`, badFile: true } })
  }
}
