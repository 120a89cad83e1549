/** Milliseconds of the system's monotonic clock: the same in every process, and in Python's perf_counter on Linux. */
export function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
