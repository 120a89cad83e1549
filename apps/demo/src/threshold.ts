import * as nd from '@ebb/ndarray'
import { Failure } from './failure.ts'
import { checkInput } from './input.ts'
import { createProgress } from './progress.ts'
import { mib, milliseconds } from './report.ts'
import type { ThresholdOptions } from './thresholdoptions.ts'

/** What came of it: bytes and milliseconds. */
interface Summary {
  threshold: number | string
  ms: { measure: number; filter: number }
  rss: { start: number; peak: number; end: number }
  peakReset: boolean
}

/**
 * Thresholds a file, shows how far it is, and prints the summary.
 * @throws Failure with exit code 2 when the file is to blame, 1 for all else
 */
export async function runThreshold(options: ThresholdOptions): Promise<void> {
  checkInput(options.input)
  const summary = await measured(options)
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryText(options, summary))
}

async function measured({ input, output, threshold, json, ...options }: ThresholdOptions): Promise<Summary> {
  // What loading the pager costs belongs to the start.
  nd.zeros(2 ** 20).release()
  const peakReset = nd.memory.resetPeak()
  const start = nd.memory.process().rss
  const progress = createProgress(process.stdout)
  const ended = { measure: performance.now(), filter: 0 }
  const since = ended.measure
  let shown = ''
  const onProgress = ({ stage, pass, done, total }: nd.ThresholdProgress): void => {
    if (stage === 'measure') ended.measure = performance.now()
    const label = `${stage === 'measure' ? `measuring, pass ${pass}` : 'filtering'}: ${Math.floor((100 * done) / total)} %`
    if (json || label === shown) return
    progress.show(label)
    shown = label
  }
  const controller = new AbortController()
  const interrupt = (): void => controller.abort(new Failure('interrupted; the output is as it was'))
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    const { signal } = controller
    const t = await nd.thresholdFile(input, output, threshold, { ...options, onProgress, signal })
    ended.filter = performance.now()
    const { rss: end, peakRss: peak } = nd.memory.process()
    return {
      threshold: typeof t === 'bigint' ? String(t) : Number(t),
      ms: { measure: ended.measure - since, filter: ended.filter - ended.measure },
      rss: { start, peak, end },
      peakReset,
    }
  } catch (error) {
    if (error instanceof nd.FormatError) throw new Failure(`${input}: ${error.message}`, 2)
    throw error
  } finally {
    progress.show()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

function summaryText(
  { output, threshold, mode }: ThresholdOptions,
  { threshold: t, ms, rss }: Summary,
): string {
  const found =
    typeof threshold === 'string' ? ` (${threshold}, found in ${milliseconds(ms.measure)} ms)` : ''
  return [
    `Threshold: ${t}${found}; ${mode} in ${milliseconds(ms.filter)} ms: ${output}`,
    `RSS MiB: ${mib(rss.start)} at the start, ${mib(rss.peak)} at the peak (+${mib(rss.peak - rss.start)}), ${mib(rss.end)} at the end`,
    '',
  ].join('\n')
}
