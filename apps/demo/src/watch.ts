import { closeSync, openSync, readSync } from 'node:fs'
import { monotonic } from './clock.ts'

/** When, in milliseconds of the monotonic clock, and how many bytes were resident. */
export type Sample = [at: number, rss: number]

/** Reads another process's resident memory until told to stop. */
export interface Watch {
  stop(): Sample[]
}

/** Asked of the timer; what comes of it is in the trace. */
const INTERVAL_MS = 1
/** More than /proc/PID/status has before the line that is read. */
const STATUS_BYTES = 4096

/**
 * Watches a process from outside, about once a millisecond: VmRSS of /proc/PID/status, which is the counter
 * behind statm, in bytes whatever the page size. smaps_rollup is exact, too, but walks every page table under
 * the lock that the watched process needs. Elsewhere than on Linux a reading takes longer than the interval (ps
 * on macOS, tasklist on Windows start a process each time), so there is no watch: the curve is drawn through
 * the figures of the steps.
 */
export function watchProcess(pid: number): Watch | undefined {
  const file = openStatus(pid)
  if (file === undefined) return undefined
  const samples: Sample[] = []
  const buffer = Buffer.alloc(STATUS_BYTES)
  const sample = (): void => {
    const rss = readRss(file, buffer)
    if (rss !== undefined) samples.push([monotonic(), rss])
  }
  sample()
  const timer = setInterval(sample, INTERVAL_MS)
  return {
    stop() {
      clearInterval(timer)
      closeSync(file)
      return samples
    },
  }
}

function openStatus(pid: number): number | undefined {
  try {
    return openSync(`/proc/${pid}/status`, 'r')
  } catch {
    return undefined
  }
}

/** Undefined when the process has ended. */
function readRss(file: number, buffer: Buffer): number | undefined {
  try {
    const text = buffer.toString('latin1', 0, readSync(file, buffer, 0, STATUS_BYTES, 0))
    const kib = /^VmRSS:\s*(\d+) kB/m.exec(text)?.[1]
    return kib === undefined ? undefined : Number(kib) * 1024
  } catch {
    return undefined
  }
}
