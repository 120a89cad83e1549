/** The volume that is shown: its slices, and the threshold that is dragged through it. */
import * as nd from '@ebb/ndarray'
import { byId, element } from './dom.ts'
import { drawHistogram, markThreshold } from './histogram.ts'
import { attempt, tell } from './log.ts'
import { Plane } from './plane.ts'
import { changed } from './redraw.ts'
import { onGone, put } from './shelf.ts'
import { bytes, level, milliseconds } from './text.ts'
import { showTimes, type Times } from './times.ts'

/** Steps of the threshold's slider between the extremes of a volume of floats. */
const FLOAT_STEPS = 1000

const canvas = byId('slice', HTMLCanvasElement)
const caption = byId('caption', HTMLElement)
const axis = byId('axis', HTMLSelectElement)
const mode = byId('mode', HTMLSelectElement)
const position = byId('position', HTMLInputElement)
const threshold = byId('threshold', HTMLInputElement)

interface Shown {
  readonly name: string
  readonly array: nd.NDArray
  readonly low: number
  readonly high: number
  /** The value that is painted white. */
  readonly white: number
  /** The filtered volume, once it was asked for. */
  filtered?: nd.NDArray
  plane?: Plane
}

let shown: Shown | undefined
let times: Times = {}
let frame = 0

/** Whether an array can be shown: numbers, in at least two axes. */
export function isVolume(array: nd.NDArray): boolean {
  return array.ndim >= 2 && array.size > 0 && array.dtype !== 'bool'
}

/** Shows an array that is on the shelf; nothing is copied but the slice in sight. */
export function show(name: string, array: nd.NDArray): void {
  hide()
  const [low, high] = [Number(nd.nanmin(array)), Number(nd.nanmax(array))]
  if (!Number.isFinite(high - low)) throw new Error(`${name} has no finite range of values to show`)
  shown = { name, array, low, high, white: drawHistogram(array, low, high) }
  setUpControls(shown)
  setThreshold(Number(nd.thresholdOtsu(array)))
  cutPlane()
}

/** Forgets what is shown; the array itself is not touched. */
function hide(): void {
  shown?.plane?.release()
  shown = undefined
  times = {}
  showTimes(times)
  canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height)
  caption.textContent = 'Nothing is shown.'
  canvas.setAttribute('aria-label', 'No volume is shown')
}

function setUpControls({ array, low, high }: Shown): void {
  const axes = Math.min(array.ndim, 3)
  axis.replaceChildren(
    ...Array.from({ length: axes === 3 ? 3 : 1 }, (_, i) =>
      element('option', { value: String(i) }, String(i)),
    ),
  )
  axis.disabled = axes < 3
  const isFloat = array.dtype.startsWith('float')
  Object.assign(threshold, {
    min: String(low),
    max: String(high),
    step: isFloat ? String((high - low) / FLOAT_STEPS || 1) : '1',
  })
  setUpPositions()
}

/** The slider goes through the slices along the chosen axis, and begins in the middle. */
function setUpPositions(): void {
  const volume = shown?.array
  if (!volume) return
  const slices = volume.ndim < 3 ? 1 : (volume.shape[volume.ndim - 3 + Number(axis.value)] as number)
  position.max = String(slices - 1)
  position.value = String(slices >> 1)
  position.disabled = slices === 1
}

/** The slice in sight, as a view; of more than three axes the first of each. */
function sliceView({ array }: Shown): nd.NDArray {
  if (array.ndim === 2) return array.slice('...')
  const items: (number | null)[] = [null, null, null]
  items[Number(axis.value)] = Number(position.value)
  return array.slice(...new Array<number>(array.ndim - 3).fill(0), ...items)
}

/** Takes another slice, and filters and paints it. */
function cutPlane(): void {
  if (!shown) return
  shown.plane?.release()
  using view = sliceView(shown)
  shown.plane = new Plane(view)
  const [rows, columns] = view.shape
  const { name, array } = shown
  const place = `slice ${Number(position.value) + 1} of ${Number(position.max) + 1}`
  caption.textContent = `${name}, ${array.dtype} (${array.shape.join(', ')}): ${place}, ${columns} × ${rows}`
  canvas.setAttribute('aria-label', `${caption.textContent}; what lies below the threshold is dim`)
  filterPlane()
}

function filterPlane(): void {
  if (!shown?.plane) return
  byId('position-value', HTMLOutputElement).value =
    `${Number(position.value) + 1} of ${Number(position.max) + 1}`
  byId('threshold-value', HTMLOutputElement).value = level(Number(threshold.value))
  markThreshold(Number(threshold.value))
  times.slice = shown.plane.filter(Number(threshold.value), mode.value as nd.ThresholdMode)
  const begin = performance.now()
  shown.plane.paint(canvas, shown.low, shown.white)
  times.painted = performance.now() - begin
  showTimes(times)
  changed()
}

/** Filters all of the volume, into an array that is kept for it. */
function filterWhole(): void {
  if (!shown) return
  const { name, array } = shown
  if (!shown.filtered) {
    shown.filtered = nd.emptyLike(array)
    tell(
      `made ${put(`${name}Filtered`, shown.filtered)}, ${bytes(array.nbytes)}: it follows the threshold from now on`,
    )
  }
  const begin = performance.now()
  nd.threshold(array, Number(threshold.value), { mode: mode.value as nd.ThresholdMode, out: shown.filtered })
  const time = performance.now() - begin
  times.whole = { time, voxels: array.size, kept: Number(nd.countNonzero(shown.filtered)) }
  showTimes(times)
  changed()
}

function setThreshold(value: number): void {
  threshold.value = String(value)
}

/** Once a frame is enough, however often the slider moves. */
function nextFrame(draw: () => void): void {
  cancelAnimationFrame(frame)
  frame = requestAnimationFrame(() => void attempt(draw))
}

/** Another threshold or mode: for the slice, and for the whole volume if that was filtered before. */
function refilter(): void {
  filterPlane()
  if (shown?.filtered) filterWhole()
}

function turnWheel(event: WheelEvent): void {
  const before = position.value
  position.valueAsNumber += Math.sign(event.deltaY)
  if (position.value === before) return
  event.preventDefault()
  nextFrame(cutPlane)
}

function useOtsu(): void {
  if (!shown) return
  const begin = performance.now()
  const value = Number(nd.thresholdOtsu(shown.array))
  tell(
    `Otsu’s threshold of ${shown.name} is ${level(value)}, found in ${milliseconds(performance.now() - begin)}`,
  )
  setThreshold(value)
  refilter()
}

export function showViewer(): void {
  position.addEventListener('input', () => nextFrame(cutPlane))
  threshold.addEventListener('input', () => nextFrame(refilter))
  canvas.addEventListener('wheel', turnWheel, { passive: false })
  axis.addEventListener('change', () => {
    setUpPositions()
    void attempt(cutPlane)
  })
  mode.addEventListener('change', () => attempt(refilter))
  byId('otsu', HTMLButtonElement).addEventListener('click', () => attempt(useOtsu))
  byId('whole', HTMLButtonElement).addEventListener('click', () => attempt(filterWhole))
  byId('controls', HTMLFormElement).addEventListener('submit', event => event.preventDefault())
  onGone(array => {
    if (array === shown?.array) hide()
    else if (array === shown?.filtered) {
      delete shown.filtered
      delete times.whole
      showTimes(times)
    }
  })
}
