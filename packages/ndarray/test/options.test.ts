import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { leavesNothing } from './heap.ts'

const a = nd.ones([2, 2])
const ints = nd.ones([3], { dtype: 'int64' })
const bytes = nd.ones([2, 2], { dtype: 'uint8' })
const mask = nd.ones([2, 2], { dtype: 'bool' })

/** Every function that takes options, called with whatever stands where they belong. */
const CALLS: Record<string, (options: never) => unknown> = {
  ...each('abs exp isnan signbit logicalNot positive round', f => o => f(a, o)),
  ...each('add equal less logicalAnd pow isclose allclose arrayEqual', f => o => f(a, a, o)),
  ...each('matmul vecdot tensordot dot inner', f => o => f(a, a, o)),
  ...each('sum prod mean var std min max ptp all any countNonzero median', f => o => f(a, o)),
  ...each('nansum nanprod nanmean nanvar nanstd nanmin nanmax nanmedian', f => o => f(a, o)),
  ...each('argmax argmin argsort sort diff flip diagonal unstack', f => o => f(a, o)),
  ...each('cumulativeSum cumulativeProd bincount', f => o => f(ints, o)),
  ...each('zeros ones empty array asarray', f => o => f(3, o)),
  ...each('zerosLike onesLike emptyLike histogram tril triu', f => o => f(a, o)),
  ...each('stack concat', f => o => f([a, a], o)),
  ...each(
    'split arraySplit repeat reshape roll take threshold pad quantile percentile',
    f => o => f(a, 1, o),
  ),
  ...each(
    'thresholdOtsu thresholdYen thresholdIsodata thresholdTriangle thresholdMinimum thresholdMultiotsu',
    f => o => f(a, o),
  ),
  ...each('thresholdMean thresholdLi thresholdLocal thresholdNiblack thresholdSauvola', f => o => f(a, o)),
  ...each('inRange between applyHysteresisThreshold', f => o => f(a, 0, 1, o)),
  adaptiveThreshold: o => nd.adaptiveThreshold(bytes, 255, 'mean', 'binary', 3, 0, o),
  ...each('full fullLike', f => o => f(3, 1, o)),
  eye: o => nd.eye(3, 3, o),
  outer: o => nd.outer(ints, ints, o),
  where: o => nd.where(mask, a, a, o),
  clip: o => nd.clip(a, 0, 1, o),
  arange: o => nd.arange(0, 3, 1, o),
  linspace: o => nd.linspace(0, 1, 3, o),
  meshgrid: o => nd.meshgrid(ints, o),
  astype: o => nd.astype(a, 'int8', o),
  compress: o => nd.compress(mask, a, o),
  isin: o => nd.isin(a, ints, o),
  searchsorted: o => nd.searchsorted(ints, 1, o),
  rot90: o => nd.rot90(a, 1, o),
  takeAlongAxis: o => nd.takeAlongAxis(ints, ints, o),
  putAlongAxis: o => nd.putAlongAxis(ints, ints, 1, o),
  fromTypedArray: o => nd.fromTypedArray(Int8Array.of(1), 1, o),
  arrayToString: o => nd.arrayToString(a, o),
  setPrintOptions: o => nd.setPrintOptions(o),
  integers: o => nd.random.defaultRng(0).integers(0, 5, o),
  random: o => nd.random.defaultRng(0).random(o),
  normal: o => nd.random.defaultRng(0).normal(0, 1, o),
  binomial: o => nd.random.defaultRng(0).binomial(3, 0.5, o),
  assign: o => a.assign(1, o),
  'sort in place': o => a.sort(o),
  Heap: o => new nd.Heap(o),
}

type Function = (...parameters: unknown[]) => unknown

function each(names: string, call: (f: Function) => (options: never) => unknown) {
  const functions = nd as unknown as Record<string, Function>
  return Object.fromEntries(names.split(' ').map(name => [name, call(functions[name] as Function)]))
}

describe('options', () => {
  it.each(Object.keys(CALLS))('of %s that are none are refused', name => {
    const call = CALLS[name] as (options: unknown) => unknown
    leavesNothing(() => {
      for (const bad of [null, true, 'out', [0], new Float64Array(1)]) {
        expect(() => call(bad), String(bad)).toThrow('takes its options in an object, as {')
      }
      expect(() => call({ unknownName: 1 })).toThrow(/has no option "unknownName"; there (are|is) /)
      expect(() => call({ unknownName: 1 })).toThrow(nd.DTypeError)
    })
  })

  it('of thresholdFile that are none are refused', async () => {
    for (const bad of [null, true, [0]]) {
      const promise = nd.thresholdFile('in.npy', 'out.npy', 0, bad as never)
      await expect(promise).rejects.toThrow('thresholdFile takes its options in an object, as {')
    }
    const promise = nd.thresholdFile('in.npy', 'out.npy', 0, { maxbytes: 1 } as never)
    await expect(promise).rejects.toThrow('did you mean maxBytes?')
  })

  it('name the one that was meant', () => {
    expect(() => nd.sum(a, { axes: 0 } as never)).toThrow('sum has no option "axes"; did you mean axis?')
    expect(() => nd.sum(a, { keepDims: true } as never)).toThrow('did you mean keepdims?')
    expect(() => nd.std(a, { ddof: 1 } as never)).toThrow('there are axis, keepdims, out, correction')
    expect(() => nd.add(a, a, a as never)).toThrow(
      'add takes its options in an object, as {out}; not NDArray',
    )
    expect(() => a.sum({ dType: 'int8' } as never)).toThrow('did you mean dtype?')
  })

  it('that are undefined, or empty, are the defaults', () => {
    expect(nd.sum(a, undefined)).toBe(4)
    expect(nd.sum(a, {})).toBe(4)
    expect(nd.sum(a, { axis: undefined, out: undefined })).toBe(4)
    expect(nd.sum(a, Object.create(null))).toBe(4)
  })
})
