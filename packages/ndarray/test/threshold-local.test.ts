import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arranged } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { type Element, elements } from './reference.ts'

interface Packed {
  dtype: nd.DType
  shape: number[]
  data: string
}

const FUNCTIONS = {
  thresholdLocal: nd.thresholdLocal,
  thresholdNiblack: nd.thresholdNiblack,
  thresholdSauvola: nd.thresholdSauvola,
  applyHysteresisThreshold: nd.applyHysteresisThreshold,
  threshold: nd.threshold,
  thresholdValue: nd.thresholdValue,
  adaptiveThreshold: nd.adaptiveThreshold,
}

interface Case {
  call: keyof typeof FUNCTIONS
  image: Packed
  arguments?: unknown[]
  options?: object
  want: Packed | number
}

/** What scikit-image and OpenCV computed: tools/fixtures-threshold-local.py. */
const file = process.env.EBB_THRESHOLD_CASES ?? new URL('./fixtures/threshold-local.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[]

function unpacked({ dtype, shape, data }: Packed): nd.NDArray {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'))
  const { array } = nd.dtypes[dtype]
  return nd.fromTypedArray(new array(bytes.buffer), shape, { dtype })
}

function valuesOf(packed: Packed): Element[] {
  using array = unpacked(packed)
  return elements(array)
}

/** Calls of which every bit is the model's. */
const EXACT = ['applyHysteresisThreshold', 'threshold', 'thresholdValue', 'adaptiveThreshold']

const title = ({ call, image, arguments: given = [], options = {} }: Case): string =>
  `${call} of ${image.dtype} (${image.shape}), ${JSON.stringify([...given, options])}`

describe('as scikit-image and OpenCV compute', () => {
  it.each(cases.map((item, i) => [`${i}: ${title(item)}`, item] as const))('%s', (_, item) => {
    const call = FUNCTIONS[item.call] as unknown as (...given: unknown[]) => nd.NDArray | number
    const given = [...(item.arguments ?? []), item.options ?? {}]
    leavesNothing(() => {
      using image = unpacked(item.image)
      const values = elements(image)
      const result = call(image, ...given)
      if (typeof result === 'number') {
        expect(result).toBe(item.want)
        return
      }
      const want = item.want as Packed
      agree(item.call, result, want)
      const steps = [2, -1, 3, 1]
      using strided = arranged(image.dtype, image.shape, values, { steps, margin: 1, fortran: true })
      using out = arranged(
        want.dtype,
        want.shape,
        valuesOf(want).map(() => zero(want.dtype)),
        {
          steps: [1, -2, 1, 2],
          margin: 1,
          fortran: false,
        },
      )
      const options = { ...item.options, out }
      expect(call(strided, ...(item.arguments ?? []), options)).toBe(out)
      expectElements(out, elements(result))
      expect(elements(image)).toEqual(values)
      result.release()
    })
  })
})

function zero(dtype: nd.DType): Element {
  return typeof nd.dtypes[dtype].min === 'bigint' ? 0n : 0
}

/** Equal, but for the rounding of local means: some units of the largest value's last place. */
function agree(call: string, result: nd.NDArray, want: Packed): void {
  expect([result.dtype, result.shape]).toEqual([want.dtype, want.shape])
  const expected = valuesOf(want)
  if (EXACT.includes(call)) {
    expectElements(result, expected)
    return
  }
  const scale = Math.max(...expected.map(value => Math.abs(Number(value))))
  const tolerance = scale * (want.dtype === 'float32' ? 2e-6 : 2e-12)
  elements(result).forEach((value, i) => {
    expect(Math.abs(Number(value) - Number(expected[i])), `element ${i}`).toBeLessThanOrEqual(tolerance)
  })
}

describe('thresholdLocal', () => {
  it('hands a window, in C order, to a function of one’s own', () => {
    using image = nd.array(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      { dtype: 'int16' },
    )
    const seen: number[][] = []
    const param = (values: ArrayLike<number>): number => seen.push(Array.from(values))
    using result = nd.thresholdLocal(image, { method: 'generic', blockSize: [1, 3], param, offset: 1 })
    expect(seen).toEqual([
      [1, 1, 2],
      [1, 2, 3],
      [2, 3, 3],
      [4, 4, 5],
      [4, 5, 6],
      [5, 6, 6],
    ])
    expect(elements(result)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('spreads NaN as the model does', () => {
    using image = nd.array([1, 2, 3, NaN, 5, 6, 7])
    using mean = nd.thresholdLocal(image, { method: 'mean' })
    expect(elements(mean).map(Number.isNaN)).toEqual([false, false, true, true, true, true, true])
    using median = nd.thresholdLocal(image, { method: 'median' })
    expect(elements(median)).toEqual([1, 2, NaN, NaN, NaN, 6, 7])
    using niblack = nd.thresholdNiblack(image, { windowSize: 3 })
    expect(elements(niblack).map(Number.isNaN)).toEqual([false, false, true, true, true, true, true])
    using early = nd.array([1, 2, NaN, 5, 6, 7])
    using all = nd.thresholdNiblack(early, { windowSize: 3 })
    expect(elements(all).every(Number.isNaN)).toBe(true)
    using infinite = nd.array([1, Infinity, -Infinity, 2, 3])
    using middle = nd.thresholdLocal(infinite, { method: 'median' })
    expect(elements(middle)).toEqual([1, 1, 2, 2, 3])
  })

  it('of nothing is nothing, of a value the value', () => {
    using empty = nd.zeros([0, 3])
    using value = nd.array(5)
    for (const method of ['gaussian', 'mean', 'median'] as const) {
      using none = nd.thresholdLocal(empty, { method })
      expect(none.shape).toEqual([0, 3])
      using same = nd.thresholdLocal(value, { method })
      expect(same.item()).toBe(5)
    }
    using none = nd.thresholdNiblack(empty)
    expect(none.shape).toEqual([0, 3])
  })

  it('refuses even windows and parameters of other kinds, and writes nothing', () => {
    using image = nd.ones([3, 4])
    using out = nd.zeros([3, 4])
    const bad = [0, 2, -3, 3.5, NaN, '3', [3], [3, 3, 3], [3, 4]] as never[]
    for (const size of bad) {
      refuses(nd.ShapeError, () => nd.thresholdLocal(image, { blockSize: size, out }))
      refuses(nd.ShapeError, () => nd.thresholdNiblack(image, { windowSize: size, out }))
      refuses(nd.ShapeError, () => nd.thresholdSauvola(image, { windowSize: size, out }))
    }
    for (const options of [
      { method: 'otsu' },
      { mode: 'symmetric' },
      { offset: '1' },
      { cval: 1n },
      { param: -1 },
      { param: '1' },
      { method: 'generic' },
      { method: 'generic', param: 1 },
    ])
      refuses(nd.DTypeError, () => nd.thresholdLocal(image, { ...options, out } as never))
    refuses(nd.ShapeError, () => nd.thresholdLocal(image, { param: [1], out }))
    refuses(nd.DTypeError, () => nd.thresholdNiblack(image, { k: '1' as never, out }))
    refuses(nd.DTypeError, () => nd.thresholdSauvola(image, { r: 1n as never, out }))
    expect(out.sum()).toBe(0)
  })

  it('keeps nothing when the function throws', () => {
    using image = nd.ones([3, 4])
    leavesNothing(() =>
      expect(() =>
        nd.thresholdLocal(image, {
          method: 'generic',
          param: () => {
            throw new Error('mine')
          },
        }),
      ).toThrow('mine'),
    )
  })

  it('writes over its own image', () => {
    using image = nd.arange(35)
    using square = image.reshape([5, 7])
    using want = nd.thresholdSauvola(square, { windowSize: 3 })
    nd.thresholdSauvola(square, { windowSize: 3, out: square })
    expect(elements(square)).toEqual(elements(want))
  })
})
