import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Failure } from './failure.ts'
import type { Report } from './protocol.ts'

/** How a measuring process ended. */
export interface Ending {
  /** Its exit code, or null when a signal ended it. */
  code: number | null
  signal: NodeJS.Signals | null
  /** What it wrote on stderr. */
  complaint: string
}

/**
 * Runs a measuring process to its end, and hands over each report when its line is complete.
 * @throws Failure when the process reports one; its exit code is 2 when a file is to blame.
 * @throws the error of spawn when the command is not there.
 */
export async function runProcess(
  command: string,
  args: string[],
  onReport: (report: Report) => void,
): Promise<Ending> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    complaint += text
  })
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, complaint }))
  })
  ended.catch(() => {}) // It is awaited below; until then a failed spawn must not count as unhandled.
  let failure: Failure | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    const report = JSON.parse(line) as Report
    if ('failure' in report) failure = new Failure(report.failure.message, report.failure.badFile ? 2 : 1)
    else onReport(report)
  }
  const ending = await ended
  if (failure !== undefined) throw failure
  return ending
}

/** One line on a process that ended without a word on why. */
export function describeEnding(ending: Ending): string {
  if (ending.signal === 'SIGKILL') return 'was killed (SIGKILL): out of memory, most likely'
  if (ending.signal !== null) return `was ended by ${ending.signal}`
  const lines = ending.complaint.trim().split('\n')
  // An uncaught error of Node names itself amid its stack, one of Python in the last line.
  const said = lines.find(line => /^\w*Error\b/.test(line)) ?? lines.at(-1)
  return `ended with exit code ${ending.code}${said ? `: ${said}` : ''}`
}
