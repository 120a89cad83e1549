/** Says on a terminal which step is running and for how long; elsewhere it says nothing. */
export interface Progress {
  /** Shows `label` until the next call; without one, clears the line for what is printed next. */
  show(label?: string): void
}

const TICK_MS = 200
/** Back to the left edge, and clear the line. */
const CLEAR = '\r\x1b[2K'

export function createProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { show() {} }
  let ticker: NodeJS.Timeout | undefined
  return {
    show(label) {
      clearInterval(ticker)
      stream.write(CLEAR)
      if (label === undefined) return
      const since = performance.now()
      const tick = () =>
        stream.write(`${CLEAR}  ${label} … ${((performance.now() - since) / 1000).toFixed(1)} s`)
      tick()
      ticker = setInterval(tick, TICK_MS)
      ticker.unref()
    },
  }
}
