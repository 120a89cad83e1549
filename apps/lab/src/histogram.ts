/** How often each value occurs, drawn above the threshold: what is kept is bright. */
import * as nd from '@ebb/ndarray'
import { byId } from './dom.ts'

const BINS = 96
const HEIGHT = 32
const NAMESPACE = 'http://www.w3.org/2000/svg'

const drawing = byId('histogram', SVGSVGElement)
/** The share of the elements that is not white: a few are far brighter than what one wants to see. */
const BELOW_WHITE = 0.999
let edges: number[] = []

/** Draws the histogram of an array, with logarithmic heights. Returns the value to paint white. */
export function drawHistogram(array: nd.NDArray, low: number, high: number): number {
  const [counts, ends] = nd.histogram(array, { bins: BINS, range: [low, high] })
  const amounts = Array.from(counts.toTypedArray(), Number)
  const heights = amounts.map(Math.log1p)
  edges = Array.from(ends.toTypedArray(), Number)
  counts.release()
  ends.release()
  const most = Math.max(...heights, 1)
  drawing.replaceChildren(...heights.map((height, bin) => bar(bin, (height / most) * HEIGHT)))
  return whiteOf(amounts, array.size)
}

/** The end of the bin up to which enough of the elements lie. */
function whiteOf(amounts: readonly number[], size: number): number {
  let below = 0
  const bin = amounts.findIndex(amount => {
    below += amount
    return below >= BELOW_WHITE * size
  })
  return edges[bin + 1] as number
}

function bar(bin: number, height: number): SVGRectElement {
  const made = document.createElementNS(NAMESPACE, 'rect')
  const place = { x: bin + 0.1, y: HEIGHT - height, width: 0.8, height }
  for (const [name, value] of Object.entries(place)) made.setAttribute(name, value.toFixed(2))
  return made
}

/** Marks the bins that lie above the threshold. */
export function markThreshold(threshold: number): void {
  for (const [bin, made] of [...drawing.children].entries()) {
    made.classList.toggle('above', (edges[bin + 1] as number) > threshold)
  }
}
