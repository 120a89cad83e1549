import { fileURLToPath } from 'node:url'
import * as nd from '@ebb/ndarray'
import { Failure } from './failure.ts'
import { checkInput } from './input.ts'
import { readMachine } from './machine.ts'
import { measureNumpy } from './numpy.ts'
import type { Options } from './options.ts'
import { checkPagePath } from './page/target.ts'
import { measurePeer } from './peer.ts'
import { createPrinter, silence } from './printer.ts'
import { describeEnding, runProcess } from './process.ts'
import type { Plan, Report, Subject } from './protocol.ts'
import { verdictLine, zeroedLine } from './report.ts'
import { collect, isComplete, type Result, type Way, type WayName } from './result.ts'
import { traceOf } from './trace.ts'
import { type Watch, watchProcess } from './watch.ts'

const WAY_SCRIPT = fileURLToPath(new URL('./way.js', import.meta.url))

/**
 * Measures each way in a process of its own, one after the other, prints, and writes the page if one is asked for.
 * @throws Failure when a way of Ebb does not get through; what keeps NumPy from it is only noted.
 */
export async function runDemo(options: Options): Promise<void> {
  const { json, numpy, peer, page, help: _, ...asked } = options
  if (page !== undefined) checkPagePath(page)
  const machine = readMachine()
  const subject = asked.input === undefined ? {} : await readSubject(asked)
  const plan = { ...asked, ...subject, ...(page !== undefined && { watched: true }) }
  const listener = json ? silence : createPrinter(process.stdout, machine, plan)
  const ways: Way[] = []
  const notes: string[] = []

  async function measure<T>(
    name: WayName,
    run: (onReport: (report: Report) => void) => Promise<T>,
  ): Promise<T> {
    const { shape, dtype } = plan
    const way: Way = { name, shape, dtype, nbytes: nd.nbytes(shape, dtype as nd.DType), steps: [] }
    listener.began(way)
    let watch: Watch | undefined
    try {
      return await run(report => {
        if (plan.watched && 'ready' in report) watch = watchProcess(report.ready.pid)
        collect(way, report)
        listener.reported(way, report)
      })
    } finally {
      listener.ended(way)
      const trace = traceOf(watch?.stop() ?? [], way)
      if (trace !== undefined) way.trace = trace
      if (isComplete(way)) ways.push(way)
    }
  }

  // Under a hypervisor a page of the machine costs most at its first touch: whoever came first would pay.
  if (plan.watched) await measureEbb('mask', plan, () => {})
  await measure('mask', onReport => measureEbb('mask', plan, onReport))
  await measure('in-place', onReport => measureEbb('in-place', plan, onReport))
  if (numpy) {
    const missing = await measure('numpy', onReport => measureNumpy(plan, onReport))
    if (missing !== undefined) notes.push(`NumPy was not measured: ${missing}`)
  }
  if (peer) {
    const missing = await measure('numpy-ts', onReport => measurePeer(plan, onReport))
    if (missing !== undefined) notes.push(`numpy-ts was not measured: ${missing}`)
  }
  if (ways.some(way => !way.peakReset)) {
    notes.push('the peak could not be set back after the warm-up: it is that of the whole process')
  }

  const verdict = verdictLine(ways, machine.pager)
  const result: Result = { machine, experiment: plan, ways, notes, verdict }
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else
    process.stdout.write(
      `\n${[zeroedLine(ways), ...notes.map(note => `Note: ${note}`), verdict].join('\n')}\n`,
    )
  if (page !== undefined) {
    const { writePage } = await import('./page/page.ts') // The plotting library is loaded only for this.
    await writePage(page, result)
  }
}

/**
 * What is in the file. Another process looks, since none that is measured may have had the array before.
 * @throws Failure with exit code 2
 */
async function readSubject(plan: Plan): Promise<Subject | undefined> {
  checkInput(plan.input ?? '')
  let subject: Subject | undefined
  await measureEbb('subject', plan, report => {
    if ('subject' in report) subject = report.subject
  })
  return subject
}

/** @throws Failure when the process does not report to its end. */
async function measureEbb(
  name: 'mask' | 'in-place' | 'subject',
  plan: Plan,
  onReport: (report: Report) => void,
): Promise<void> {
  const args = ['--expose-gc', WAY_SCRIPT, name, JSON.stringify(plan)]
  const ending = await runProcess(process.execPath, args, onReport)
  if (ending.code !== 0) throw new Failure(`the process that measures "${name}" ${describeEnding(ending)}`)
}
