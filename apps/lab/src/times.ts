/** What the filter took, measured here; spoken when the threshold has come to rest. */
import { byId, figure } from './dom.ts'
import { count, milliseconds } from './text.ts'

const REST_MS = 400

export interface Times {
  /** Milliseconds of the library's filter, and of painting. */
  slice?: number
  painted?: number
  whole?: { time: number; voxels: number; kept: number }
}

const list = byId('times', HTMLDListElement)
const spoken = byId('times-spoken', HTMLParagraphElement)
let timer: ReturnType<typeof setTimeout> | undefined

export function showTimes({ slice, painted, whole }: Times): void {
  const figures: [string, string][] = []
  if (slice !== undefined) figures.push(['slice, filtered in', milliseconds(slice)])
  if (painted !== undefined) figures.push(['and painted in', milliseconds(painted)])
  if (whole) {
    figures.push([`whole, ${count(whole.voxels)} voxels, filtered in`, milliseconds(whole.time)])
    figures.push(['voxels that are not 0', `${((100 * whole.kept) / whole.voxels).toFixed(1)} %`])
  }
  list.replaceChildren(...figures.map(([term, value]) => figure(term, value)))
  clearTimeout(timer)
  timer = setTimeout(() => {
    spoken.textContent = figures.map(pair => pair.join(' ')).join('; ')
  }, REST_MS)
}
