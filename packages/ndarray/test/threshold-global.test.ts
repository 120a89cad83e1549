import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrayOf as arranged, sample } from './arrays.ts'
import { arrayOf, type Described, differences, type Found } from './globalthresholds.ts'
import { leavesNothing, refuses } from './heap.ts'

interface Fixture {
  name: string
  image: Described
  spread: { dtype: nd.DType; factor: number; term: number; found: Found }[]
}

const url = new URL('./fixtures/threshold-global.json', import.meta.url)
const fixtures = JSON.parse(readFileSync(url, 'utf8')) as Fixture[]

/** As tools/fixtures-threshold.py spreads an image over a dtype. */
function spread(image: nd.NDArray, dtype: nd.DType, factor: number, term: number): nd.NDArray {
  const { kind, min, max } = nd.dtypes[dtype]
  const values = Array.from(image.toTypedArray() as ArrayLike<number>, value => {
    const moved = value * factor + term
    return kind === 'float' ? moved : Math.min(Math.max(Math.floor(moved), Number(min)), Number(max))
  })
  using wide = nd.array(values, { dtype: 'float64' })
  using flat = wide.astype(dtype)
  using shaped = nd.reshape(flat, image.shape)
  return shaped.copy()
}

describe('the thresholds that scikit-image finds', () => {
  for (const { name, image, spread: dtypes } of fixtures) {
    it.each(dtypes)(`in ${name} as $dtype`, ({ dtype, factor, term, found }) => {
      leavesNothing(() => {
        using whole = arrayOf(image)
        using array = spread(whole, dtype, factor, term)
        expect(differences(array, found)).toEqual([])
        using flipped = nd.flip(array, { axis: 0 })
        using turned = nd.transpose(flipped)
        expect(differences(turned, found)).toEqual([])
      })
    })
  }
})

const ALL = {
  otsu: nd.thresholdOtsu,
  yen: nd.thresholdYen,
  isodata: nd.thresholdIsodata,
  triangle: nd.thresholdTriangle,
  minimum: nd.thresholdMinimum,
  multiotsu: nd.thresholdMultiotsu,
  li: nd.thresholdLi,
  mean: nd.thresholdMean,
} as const
type Method = (image: nd.NDArray | null, options?: { hist?: nd.Hist }) => number | number[]
const METHODS = Object.entries(ALL) as unknown as [string, Method][]

function outcome(find: () => number | number[]): unknown {
  try {
    return find()
  } catch (error) {
    return (error as nd.EbbError).code
  }
}

function largest(a: nd.NDArray): number {
  return a.size === 0 ? 0 : Math.max(Math.abs(Number(nd.min(a))), Math.abs(Number(nd.max(a))))
}

describe('a view', () => {
  it('has the threshold of its copy', () => {
    fc.assert(
      fc.property(sample(), from => {
        using view = arranged(from)
        using packed = view.copy()
        for (const [name, method] of METHODS) {
          if (name === 'minimum') continue
          const [a, b] = [outcome(() => method(view)), outcome(() => method(packed))]
          if (typeof a === 'number' && typeof b === 'number' && (name === 'mean' || name === 'li')) {
            // The order of a float sum is another, and much of it may cancel out.
            if (Math.abs(a - b) <= 1e-4 * largest(packed)) continue
          }
          expect([name, a]).toEqual([name, b])
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('a histogram instead of the image', () => {
  const counts = [0, 0, 1, 4, 9, 4, 1, 0, 1, 2, 5, 8, 5, 1, 0]

  it.each(METHODS)('%s', (_, method) => {
    leavesNothing(() => {
      const values = counts.flatMap((count, value) => new Array<number>(count).fill(value))
      using image = nd.array(values, { dtype: 'uint8' })
      using given = nd.array(counts, { dtype: 'int64' })
      const expected = method(image)
      expect(method(null, { hist: counts })).toEqual(expected)
      expect(method(null, { hist: given })).toEqual(expected)
      const centers = Float64Array.from(counts, (_, i) => i + 100)
      const moved = method(null, { hist: [Uint32Array.from(counts), centers] })
      const plus = (value: number): number => value + 100
      expect(moved).toEqual(Array.isArray(expected) ? expected.map(plus) : expect.closeTo(plus(expected), 9))
    })
  })

  it('must have counts, and as many centers, ascending', () => {
    refuses(nd.DTypeError, () => nd.thresholdOtsu(null, { hist: [0, 0] }))
    refuses(nd.DTypeError, () => nd.thresholdOtsu(null, { hist: [1, -1] }))
    refuses(nd.DTypeError, () =>
      nd.thresholdOtsu(null, {
        hist: [
          [1, 2],
          [3, 3],
        ],
      }),
    )
    refuses(nd.ShapeError, () => nd.thresholdOtsu(null, { hist: [[1, 2], [3]] }))
    refuses(nd.DTypeError, () => nd.thresholdOtsu(null))
  })
})

describe('a constant image', () => {
  it.each(['int8', 'uint16', 'int32', 'uint64', 'float32', 'float64'] as const)('of %s', dtype => {
    using image = nd.full([3, 4], 7, { dtype })
    for (const method of [ALL.otsu, ALL.isodata, ALL.triangle, ALL.li, ALL.mean])
      expect(method(image)).toBe(7)
    expect(ALL.yen(image)).toBe(dtype.startsWith('float') ? 7 - 0.5 + 1 / 512 : 7)
    refuses(nd.ThresholdError, () => ALL.minimum(image))
    refuses(nd.ThresholdError, () => ALL.multiotsu(image))
  })
})

describe('elements that are not finite', () => {
  it.each(['float32', 'float64'] as const)('of %s', dtype => {
    for (const odd of [NaN, Infinity, -Infinity]) {
      using image = nd.array([1, 2, odd, 8, 9], { dtype })
      using finite = nd.array([1, 2, 8, 9], { dtype })
      for (const [name, method] of METHODS) {
        if (name === 'li') expect(method(image)).toBe(method(finite))
        else if (name === 'mean') expect(method(image)).toBe(odd)
        else refuses(nd.DTypeError, () => method(image))
      }
      using only = nd.full([4], odd, { dtype })
      expect(nd.thresholdLi(only)).toBe(odd)
      if (!Number.isNaN(odd)) expect(nd.thresholdOtsu(only)).toBe(odd)
    }
    using both = nd.array([Infinity, -Infinity], { dtype })
    expect(nd.thresholdLi(both)).toBe(0)
  })
})

it('of no elements there is no threshold', () => {
  for (const dtype of ['bool', 'int16', 'int64', 'float32'] as const) {
    using image = nd.zeros([0, 3], { dtype })
    for (const [name, method] of METHODS) {
      if (name === 'li' || name === 'mean') expect(method(image)).toBeNaN()
      else refuses(nd.ShapeError, () => method(image))
    }
  }
})

it('bools are binned as floats', () => {
  using image = nd.array([true, false, false, true, true])
  expect(nd.thresholdOtsu(image)).toBe(1 / 512)
  expect(nd.thresholdMultiotsu(image, { classes: 2 })).toEqual([1 / 512])
  expect(nd.thresholdMean(image)).toBe(0.6)
  expect(nd.thresholdLi(image)).toBe(0)
})

describe('integers that spread far', () => {
  const values = [-(2 ** 31), -5, -5, 0, 1, 1, 1, 2 ** 31 - 1]

  it('are kept sparse', () => {
    leavesNothing(() => {
      using image = nd.array(values, { dtype: 'int32' })
      using near = nd.array(
        values.map(value => Math.sign(value)),
        { dtype: 'int8' },
      )
      expect(near.size).toBe(image.size)
      expect(nd.thresholdOtsu(image)).toBe(1)
      expect(nd.thresholdMultiotsu(image, { classes: 4 }).length).toBe(3)
      refuses(nd.ThresholdError, () => nd.thresholdMinimum(image))
    })
  })

  it('have the threshold of the counts of all of them', () => {
    leavesNothing(() => {
      const far = Int32Array.from({ length: 3000 }, (_, i) => (i % 3) * 130_000 + ((i * i) % 977))
      using image = nd.fromTypedArray(far, [3000])
      const hist = new Float64Array(Math.max(...far) + 1)
      for (const value of far) (hist[value] as number)++
      for (const method of [ALL.otsu, ALL.yen, ALL.isodata, ALL.triangle, ALL.li] as Method[]) {
        expect(method(image)).toBe(method(null, { hist }))
      }
      expect(nd.thresholdIsodata(image, { returnAll: true })).toEqual(
        nd.thresholdIsodata(null, { hist, returnAll: true }),
      )
    })
  })

  it('may be too many for a table', () => {
    leavesNothing(() => {
      using image = nd.arange(0, 300_000 * 7, 7, { dtype: 'int64' })
      expect(nd.thresholdOtsu(image)).toBe(149_999 * 7)
    })
  })
})

describe("Li's method", () => {
  it('begins where it is told, and tells each threshold', () => {
    using image = nd.array([0, 0, 1, 1, 2, 9, 10, 10, 11], { dtype: 'int16' })
    const told: number[] = []
    const t = nd.thresholdLi(image, { initialGuess: 3.5, iterCallback: value => told.push(value) })
    expect(told[0]).toBe(3.5)
    expect(told.at(-1)).toBe(t)
    refuses(nd.DTypeError, () => nd.thresholdLi(image, { initialGuess: 11 }))
    refuses(nd.DTypeError, () => nd.thresholdLi(image, { tolerance: NaN }))
    using wide = nd.array(Array.from({ length: 100 }, (_, i) => i * i))
    expect(nd.thresholdLi(wide, { tolerance: 1000 })).not.toBe(nd.thresholdLi(wide))
    expect(nd.thresholdLi(wide, { tolerance: 0 })).toBe(nd.thresholdLi(wide))
  })

  it('asks a function, which gets differences from the least element', () => {
    for (const dtype of ['int8', 'uint16', 'float32', 'float64'] as const) {
      leavesNothing(() => {
        using image = nd.array(
          [
            [-3, -3, 0],
            [5, 60, 100],
          ].map(row => row.map(v => v + (dtype === 'uint16' ? 3 : 0))),
          { dtype },
        )
        const seen: unknown[] = []
        const t = nd.thresholdLi(image, {
          initialGuess: elements => {
            seen.push(Array.from(elements.toTypedArray() as ArrayLike<number>))
            return 50
          },
        })
        expect(seen).toEqual([[0, 0, 3, 8, 63, 103]])
        expect(t).toBe(nd.thresholdLi(image, { initialGuess: dtype === 'uint16' ? 50 : 47 }))
      })
    }
  })
})

it('options that cannot be', () => {
  using image = nd.array([1.5, 2, 3, 5])
  refuses(nd.DTypeError, () => nd.thresholdOtsu(image, { nbins: 0 }))
  refuses(nd.DTypeError, () => nd.thresholdMinimum(image, { maxNumIter: 0 }))
  refuses(nd.DTypeError, () => nd.thresholdMultiotsu(image, { classes: 1 }))
  refuses(nd.DTypeError, () => nd.thresholdOtsu([1, 2] as never))
  const released = nd.zeros([3])
  released.release()
  refuses(nd.ReleasedError, () => nd.thresholdOtsu(released))
})
