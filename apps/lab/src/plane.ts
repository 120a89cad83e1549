/** One slice of a volume: as it is, and filtered, both packed in the heap; and how it is painted. */
import * as nd from '@ebb/ndarray'

const LEVELS = 256
/** What is kept is grey, what is cut away a dim blue. */
const KEPT = ramp(1, 1, 1)
const CUT = ramp(0.16, 0.36, 0.48)

function ramp(red: number, green: number, blue: number): Uint32Array {
  return Uint32Array.from({ length: LEVELS }, (_, level) => {
    const [r, g, b] = [red, green, blue].map(share => Math.round(share * level)) as [number, number, number]
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0
  })
}

export class Plane {
  readonly #whole: nd.NDArray
  readonly #filtered: nd.NDArray
  readonly #image: ImageData

  /** @param view The slice, [rows, columns]; it is copied, and stays the caller's. */
  constructor(view: nd.NDArray) {
    this.#whole = view.copy()
    this.#filtered = nd.emptyLike(this.#whole)
    const [height, width] = view.shape as [number, number]
    this.#image = new ImageData(width, height)
  }

  /** Filters the slice. Returns the milliseconds that the library took. */
  filter(threshold: number, mode: nd.ThresholdMode): number {
    const begin = performance.now()
    nd.threshold(this.#whole, threshold, { mode, out: this.#filtered })
    return performance.now() - begin
  }

  /** Paints what the filter left, and dimly what it took; `black` and `white` are the values painted so. */
  paint(canvas: HTMLCanvasElement, black: number, white: number): void {
    const { width, height, data } = this.#image
    const pixels = new Uint32Array(data.buffer)
    const [whole, filtered] = [elementsOf(this.#whole), elementsOf(this.#filtered)]
    const scale = (LEVELS - 1) / (white - black || 1)
    for (let i = 0; i < pixels.length; i++) {
      const before = whole[i] as number
      const after = filtered[i] as number
      const isCut = after === 0 && before !== 0
      const level = ((isCut ? before : after) - black) * scale
      const shade = level > 0 ? Math.min(LEVELS - 1, level) | 0 : 0
      pixels[i] = (isCut ? CUT : KEPT)[shade] as number
    }
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    canvas.getContext('2d')?.putImageData(this.#image, 0, 0)
  }

  release(): void {
    this.#whole.release()
    this.#filtered.release()
  }
}

/** The elements of a packed array as numbers: over the heap itself, but for 64-bit integers. */
function elementsOf(array: nd.NDArray): ArrayLike<number> {
  const part = array.data.subarray(array.offset, array.offset + array.size)
  return part instanceof BigInt64Array || part instanceof BigUint64Array
    ? Float64Array.from(part, Number)
    : part
}
