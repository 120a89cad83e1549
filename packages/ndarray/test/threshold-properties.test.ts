import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { greyLevels } from '../src/threshold/greylevels.ts'
import { levelsInSlices } from '../src/threshold/sparse.ts'
import { arrayOf, element, sample } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { DTYPES, type Element, elements } from './reference.ts'

const MODES = ['binary', 'binaryInv', 'trunc', 'toZero', 'toZeroInv'] as const
const INTEGERS = DTYPES.filter(dtype => dtype !== 'bool' && !dtype.startsWith('float'))

const images = sample().chain(from => fc.record({ from: fc.constant(from), t: element(from.dtype) }))

/** Every other index of an axis, backward. */
function viewOf(a: nd.NDArray): nd.NDArray {
  return a.ndim === 0 ? a.slice('...') : a.slice('::-2')
}

describe('threshold', () => {
  it('of a view is the view of the threshold', () => {
    fc.assert(
      fc.property(images, ({ from, t }) => {
        using image = arrayOf(from)
        using view = viewOf(image)
        for (const mode of MODES) {
          using whole = nd.threshold(image, t, { mode })
          using part = viewOf(whole)
          using other = nd.threshold(view, t, { mode })
          expectElements(other, elements(part))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('toZero and toZeroInv, and binary and binaryInv, share the image between them', () => {
    fc.assert(
      fc.property(images, ({ from, t }) => {
        using image = arrayOf(from)
        const [binary, inverse, , kept, rest] = MODES.map(mode => {
          using result = nd.threshold(image, t, { mode, maxValue: 1 })
          return elements(result).map(Number)
        }) as [number[], number[], number[], number[], number[]]
        elements(image).forEach((value, i) => {
          const stands = !Number.isNaN(value) && !Number.isNaN(t)
          const whole = stands ? Number(value) : 0
          expect([kept[i], rest[i]].filter(Boolean)).toEqual([whole].filter(Boolean))
          expect((binary[i] as number) + (inverse[i] as number)).toBe(Number(stands))
        })
      }),
      { numRuns: 200 },
    )
  })

  it('trunc cuts what is above', () => {
    for (const dtype of INTEGERS) {
      using image = nd.array([0, 3, 90, 100, 120], { dtype })
      using cut = nd.threshold(image, 95.5, { mode: 'trunc' })
      expect(elements(cut).map(Number)).toEqual([0, 3, 90, 95, 95])
    }
  })
})

const GLOBAL = {
  otsu: nd.thresholdOtsu,
  yen: nd.thresholdYen,
  isodata: nd.thresholdIsodata,
  triangle: nd.thresholdTriangle,
  minimum: nd.thresholdMinimum,
  li: nd.thresholdLi,
  mean: nd.thresholdMean,
  multiotsu: (image: nd.NDArray) => nd.thresholdMultiotsu(image)[0] as number,
} as const

/** Two bells. */
const VALUES = [1, 2, 2, 3, 3, 3, 4, 4, 5, 20, 21, 21, 22, 22, 22, 23, 23, 24, 9]

describe.each(Object.entries(GLOBAL))('%s', (name, method) => {
  const exact = name !== 'li' && name !== 'mean'
  const near = (a: number, b: number): void => {
    if (exact) expect(a).toBe(b)
    else expect(a).toBeCloseTo(b, 5)
  }

  it.each(INTEGERS)('moves with the image: %s, also negative', dtype => {
    leavesNothing(() => {
      using image = nd.array(VALUES, { dtype })
      const t = method(image)
      const { min, max } = nd.dtypes[dtype]
      // Beyond 2^53, levels are rounded.
      const ends = [BigInt(min as Element) + 5n, BigInt(max as Element) - 30n]
      for (const term of ends.map(end => BigInt.asIntN(50, end))) {
        if (term < BigInt(min as Element)) continue
        using moved = nd.array(
          VALUES.map(value => BigInt(value) + term),
          { dtype },
        )
        near(method(moved), t + Number(term))
      }
    })
  })

  it('of a view is that of its copy, for floats, too', () => {
    for (const dtype of ['int16', 'uint64', 'float32', 'float64'] as const) {
      using image = nd.array([VALUES, VALUES.map(value => value * 2)], { dtype })
      using view = nd.transpose(image)
      using copy = view.copy()
      near(method(view), method(copy))
    }
  })

  it('of a constant, of nothing and of what is not finite', () => {
    for (const dtype of ['bool', 'int8', 'uint64', 'int64', 'float32'] as const) {
      using constant = nd.ones([2, 3], { dtype })
      const found = settled(() => method(constant))
      if (name === 'minimum' || name === 'multiotsu') expect(found).toBe('EBB_THRESHOLD')
      else expect(found).toBeCloseTo(1, name === 'yen' && nd.dtypes[dtype].bytes !== 8 ? 0 : 5)
      using none = nd.zeros([3, 0], { dtype })
      if (exact) refuses(nd.ShapeError, () => method(none))
      else expect(method(none)).toBeNaN()
    }
    for (const odd of [NaN, Infinity, -Infinity]) {
      using image = nd.array([...VALUES, odd])
      if (name === 'mean') expect(method(image)).toBe(odd)
      else if (name === 'li') expect(method(image)).toBeGreaterThan(0)
      else refuses(nd.DTypeError, () => method(image))
    }
  })
})

function settled(find: () => number): number | string {
  try {
    return find()
  } catch (error) {
    return (error as nd.EbbError).code
  }
}

describe('local thresholds', () => {
  const local = {
    mean: (a: nd.NDArray) => nd.thresholdLocal(a, { method: 'mean', blockSize: 5 }),
    median: (a: nd.NDArray) => nd.thresholdLocal(a, { method: 'median', blockSize: 5 }),
    gaussian: (a: nd.NDArray) => nd.thresholdLocal(a, { blockSize: 5 }),
    niblack: (a: nd.NDArray) => nd.thresholdNiblack(a, { windowSize: 5 }),
    sauvola: (a: nd.NDArray) => nd.thresholdSauvola(a, { windowSize: 5, k: 0 }),
  }

  it.each(Object.entries(local))('%s of a constant is the constant, of every dtype', (_, method) => {
    for (const dtype of DTYPES) {
      for (const value of dtype.startsWith('float') ? [0.1, -3, 1e10] : [1]) {
        using image = nd.full([7, 9], value, { dtype })
        using thresholds = method(image)
        for (const t of elements(thresholds))
          expect(Number(t) / Number(image.get(0, 0))).toBeCloseTo(1, dtype === 'float32' ? 5 : 12)
      }
    }
  })

  it('of equal elements have no deviation', () => {
    using image = nd.random.defaultRng(3).random({ size: [40, 50] })
    using constant = image.slice('10:25', '10:25')
    constant.assign(0.1)
    for (const windowSize of [3, 5]) {
      using niblack = nd.thresholdNiblack(image, { windowSize, k: 0.5 })
      using mean = nd.thresholdLocal(image, { method: 'mean', blockSize: windowSize })
      for (let i = 13; i < 22; i++) expect(niblack.get(i, i)).toBeCloseTo(mean.get(i, i), 12)
    }
    using single = nd.thresholdNiblack(image, { windowSize: 1 })
    expectElements(single, elements(image))
  })

  it.each([3, 5, 7, 9, 23])('medians of %i by %i are the same in every dtype', size => {
    using bytes = nd.random.defaultRng(size).integers(0, 100, { size: [25, 31], dtype: 'uint8' })
    const options = { method: 'median', blockSize: size, offset: 0.5 } as const
    using floats = bytes.astype('float64')
    using want = nd.thresholdLocal(floats, options)
    const param = (values: ArrayLike<number>): number =>
      Array.from(values).sort((a, b) => a - b)[values.length >> 1] as number
    using slow = nd.thresholdLocal(floats, { ...options, method: 'generic', param })
    expectElements(want, elements(slow))
    for (const dtype of ['uint8', 'int8', 'int16', 'uint16', 'int32', 'int64', 'float32'] as const) {
      using image = bytes.astype(dtype)
      using got = nd.thresholdLocal(image, options)
      expectElements(got, elements(want))
      using view = nd.transpose(image)
      using wide = nd.zeros([25, 62], { dtype: got.dtype })
      using out = nd.transpose(wide.slice(':', '::2'))
      nd.thresholdLocal(view, { ...options, out })
      using turned = nd.transpose(out)
      expectElements(turned, elements(want))
    }
  })
})

describe('grey levels', () => {
  it('of float32 next to the edges of bins are counted as one by one', () => {
    const ends = fc.float({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(ends, ends, fc.integer({ min: 1, max: 300 }), (a, b, bins) => {
        const step = (b - a) / bins
        const edges = Float32Array.from({ length: bins + 1 }, (_, i) => a + i * step)
        using at = nd.array([a, b, ...edges].map(Math.fround), { dtype: 'float32' })
        using clipped = nd.clip(at, Math.min(a, b), Math.max(a, b))
        using up = nd.nextafter(clipped, b)
        using down = nd.nextafter(clipped, a)
        using all = nd.concat([clipped, up, down])
        if (!Number.isFinite(Math.fround(b - a))) return
        using pairs = nd.stack([all, all], { axis: 1 })
        using strided = pairs.slice(':', 0)
        expect(greyLevels(all, bins).counts).toEqual(greyLevels(strided, bins).counts)
      }),
      { numRuns: 400 },
    )
  })

  it.each(['int32', 'uint32', 'int64', 'uint64'] as const)(
    'of many distinct %s are counted in slices',
    dtype => {
      leavesNothing(() => {
        using even = nd.arange(0, 600_000, 1, { dtype })
        using far = nd.multiply(even, dtype.endsWith('64') ? 1_000_003 : 3001)
        using image = nd.concat([far, even, even])
        const [low, high] = [BigInt(nd.min(image)), BigInt(nd.max(image))]
        const levels = levelsInSlices(image, low, high)
        const { values, counts } = nd.uniqueCounts(image)
        using foundCounts = nd.fromTypedArray(Float64Array.from(levels.counts), counts.shape)
        using foundValues = nd.fromTypedArray(Float64Array.from(levels.centers), values.shape)
        expect(nd.arrayEqual(foundCounts, counts)).toBe(true)
        expect(nd.arrayEqual(foundValues, values)).toBe(true)
        values.release()
        counts.release()
      })
    },
  )
})
