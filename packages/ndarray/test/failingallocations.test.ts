import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { npyFile } from './arrays.ts'

/*
 * Every public function, called again and again, the first time without its first allocation, then without
 * its second, and so on until it needs no more: each time it must fail and leave nothing behind.
 */

/** What the calls below work on, in the heap whose allocations fail. They make no array themselves. */
function inputs() {
  const floats = nd.array([
    [3, 1, NaN],
    [4, 1, 5],
  ])
  const ints = nd.array(
    [
      [3, 1, 2],
      [4, 1, 5],
    ],
    { dtype: 'int32' },
  )
  const bytes = nd.array(
    [
      [3, 1, 2],
      [4, 1, 5],
    ],
    { dtype: 'uint8' },
  )
  const mask = nd.array([
    [true, false, true],
    [false, true, true],
  ])
  const truth = nd.array([true, false, true])
  const square = nd.full([3, 3], 0.5)
  const line = nd.array([3, 1, 2], { dtype: 'int64' })
  const rising = nd.array([0, 1, 2], { dtype: 'int8' })
  const cube = nd.full([2, 3, 4], 2)
  return {
    ...{ floats, ints, bytes, mask, truth, square, line, rising, cube },
    singles: nd.array(
      [
        [3, 1, 2],
        [4, 1, 5],
      ],
      { dtype: 'float32' },
    ),
    places: nd.array(
      [
        [2, 0, 1],
        [1, 1, 0],
      ],
      { dtype: 'int64' },
    ),
    many: nd.zeros(900, { dtype: 'int64' }),
    small: nd.zeros([2, 3, 4], { dtype: 'int8' }),
    longs: nd.zeros([3, 3], { dtype: 'int64' }),
    flags: nd.ones([3, 3], { dtype: 'bool' }),
    whole: nd.ones(3, { dtype: 'bool' }),
    parts: nd.array([0, 0.5, 1]),
    peaks: nd.array([0, 3, 3, 3, 3, 9, 9, 9, 9, 12], { dtype: 'uint8' }),
    turned: square.T,
    row: square.slice(0),
    thin: ints.reshape([1, 2, 3]),
    falling: line.slice('::-1'),
  }
}

type Inputs = ReturnType<typeof inputs>
type Calls = ((x: Inputs) => unknown)[]
type Functions = Record<string, (...parameters: unknown[]) => unknown>

const functions = nd as unknown as Functions

/** Of one array; of another dtype, too, and into an `out` that overlaps it. */
const unary = (name: string): Calls => [x => functions[name]?.(x.floats), x => functions[name]?.(x.bytes)]

/** Of two arrays, which are converted, broadcast, or overlap their `out`. */
const binary = (name: string): Calls => [
  x => functions[name]?.(x.ints, x.bytes),
  x => functions[name]?.(x.ints, x.line),
  x => functions[name]?.(x.bytes, 1),
]

const overlapping = (name: string): Calls => [
  ...binary(name),
  x => functions[name]?.(x.square, x.turned, { out: x.square }),
]

const reduction = (name: string): Calls => [
  x => functions[name]?.(x.ints),
  x => functions[name]?.(x.floats, { axis: 0 }),
  x => functions[name]?.(x.ints, { axis: 1, keepdims: true }),
  x => functions[name]?.(x.cube, { axis: [0, 2] }),
]

/** Of the grey levels of an image. */
const global = (name: string): Calls => [
  x => functions[name]?.(x.turned, { nbins: 9 }),
  x => functions[name]?.(x.bytes),
]

const UNARY = `abs acos acosh asin asinh atan atanh ceil conj cos cosh exp expm1 floor isfinite isinf isnan log log1p
  log2 log10 logicalNot negative positive real reciprocal round sign signbit sin sinh sqrt square tan tanh trunc`
const BINARY = `atan2 copysign floorDivide equal greater greaterEqual hypot less lessEqual logaddexp logicalAnd
  logicalOr logicalXor nextafter notEqual pow remainder isclose allclose bitwiseAnd bitwiseLeftShift
  bitwiseOr bitwiseRightShift bitwiseXor`
const OVERLAPPING = 'add subtract multiply divide minimum maximum'
const THRESHOLDS = 'Isodata Otsu Triangle Yen'
const REDUCTIONS = `all any countNonzero max mean min prod ptp std sum var variance median nanmax nanmean nanmedian
  nanmin nanprod nanstd nansum nanvar`

const family = (names: string, calls: (name: string) => Calls): Record<string, Calls> =>
  Object.fromEntries(names.split(/\s+/).map(name => [name, calls(name)]))

const CALLS: Record<string, Calls> = {
  ...family(UNARY, unary),
  ...family(BINARY, binary),
  ...family(OVERLAPPING, overlapping),
  ...family(REDUCTIONS, reduction),
  ...family(THRESHOLDS.replace(/\w+/g, 'threshold$&'), global),
  adaptiveThreshold: [x => nd.adaptiveThreshold(x.bytes, 255, 'gaussian', 'binary', 3, 1)],
  applyHysteresisThreshold: [
    x => nd.applyHysteresisThreshold(x.ints, 2, 4),
    x => nd.applyHysteresisThreshold(x.turned, x.row, x.square),
  ],
  between: [x => nd.between(x.ints, x.line, 4)],
  inRange: [x => nd.inRange(x.turned, 0, x.square)],
  thresholdLi: [x => nd.thresholdLi(x.turned), x => nd.thresholdLi(x.bytes)],
  thresholdMean: [x => nd.thresholdMean(x.turned), x => nd.thresholdMean(x.bytes)],
  thresholdLocal: [
    x => nd.thresholdLocal(x.turned, { out: x.turned }),
    x => nd.thresholdLocal(x.cube, { method: 'median' }),
    x => nd.thresholdLocal(x.ints, { method: 'mean' }),
  ],
  thresholdMinimum: [x => nd.thresholdMinimum(x.peaks)],
  thresholdMultiotsu: [x => nd.thresholdMultiotsu(x.ints), x => nd.thresholdMultiotsu(x.parts)],
  thresholdNiblack: [x => nd.thresholdNiblack(x.cube, { windowSize: 3 })],
  thresholdSauvola: [x => nd.thresholdSauvola(x.bytes, { windowSize: 3, r: 128 })],
  thresholdValue: [x => nd.thresholdValue(x.bytes, 'otsu')],
  toNpy: [x => nd.toNpy(x.turned)],
  arrayEqual: [
    x => nd.arrayEqual(x.ints, x.bytes),
    x => nd.arrayEqual(x.floats, x.floats, { equalNan: true }),
  ],
  bitwiseInvert: [x => nd.bitwiseInvert(x.ints)],
  arange: [() => nd.arange(5), () => nd.arange(5n)],
  argmax: [x => nd.argmax(x.ints), x => nd.argmax(x.turned, { axis: 0 })],
  argmin: [x => nd.argmin(x.floats, { axis: 1, keepdims: true })],
  argsort: [x => nd.argsort(x.turned), x => nd.argsort(x.floats, { descending: true })],
  argwhere: [x => nd.argwhere(x.floats), x => nd.argwhere(x.mask)],
  array: [() => nd.array([[1, 2]]), x => nd.array(x.turned, { dtype: 'int8' })],
  arraySplit: [x => nd.arraySplit(x.ints, 2, { axis: 1 })],
  arrayToString: [x => nd.arrayToString(x.turned)],
  asarray: [() => nd.asarray([1, 2]), x => nd.asarray(x.ints, { dtype: 'int8' })],
  astype: [x => nd.astype(x.turned, 'int8')],
  bincount: [x => nd.bincount(x.line), x => nd.bincount(x.line, { weights: x.line })],
  around: [
    x => nd.around(x.ints, { decimals: -1 }),
    x => nd.around(x.turned, { decimals: 1, out: x.square }),
  ],
  atleast1d: [x => nd.atleast1d(x.line, x.cube)],
  atleast2d: [x => nd.atleast2d(x.line)],
  atleast3d: [x => nd.atleast3d(x.line, x.ints)],
  broadcastArrays: [x => nd.broadcastArrays(x.ints, x.line)],
  broadcastTo: [x => nd.broadcastTo(x.line, [2, 3])],
  clip: [
    x => nd.clip(x.ints, 1, 3),
    x => nd.clip(x.bytes, x.line, x.floats),
    x => nd.clip(x.square, x.turned, 5, { out: x.square }),
  ],
  compress: [x => nd.compress(x.mask, x.ints), x => nd.compress(x.truth, x.turned, { axis: 1 })],
  concat: [x => nd.concat([x.ints, x.floats]), x => nd.concat([x.turned, x.square], { axis: null })],
  cumulativeProd: [x => nd.cumulativeProd(x.ints, { axis: 0 })],
  cumulativeSum: [
    x => nd.cumulativeSum(x.ints, { axis: 0, includeInitial: true }),
    x => nd.cumulativeSum(x.square, { axis: 0, out: x.square }),
  ],
  diagonal: [x => nd.diagonal(x.square)],
  diff: [
    x => nd.diff(x.ints, { n: 2 }),
    x => nd.diff(x.cube, { n: 3, axis: 2, prepend: x.cube }),
    x => nd.diff(x.mask, { n: 2 }),
  ],
  dot: [x => nd.dot(x.square, x.turned), x => nd.dot(x.ints, x.square)],
  empty: [() => nd.empty(3)],
  emptyLike: [x => nd.emptyLike(x.ints)],
  expandDims: [x => nd.expandDims(x.ints)],
  extract: [x => nd.extract(x.bytes, x.ints), x => nd.extract(x.mask, x.floats)],
  eye: [() => nd.eye(3)],
  flatten: [x => nd.flatten(x.turned)],
  flip: [x => nd.flip(x.ints)],
  fromTypedArray: [() => nd.fromTypedArray(Int8Array.of(1, 2))],
  full: [() => nd.full(3, 1)],
  fullLike: [x => nd.fullLike(x.ints, 1)],
  histogram: [
    x => nd.histogram(x.ints),
    x => nd.histogram(x.singles, { bins: 3, range: [0, 9], density: true }),
    x => nd.histogram(x.ints, { bins: x.rising }),
  ],
  inner: [x => nd.inner(x.ints, x.turned)],
  intersect1d: [x => nd.intersect1d(x.ints, x.floats)],
  setdiff1d: [x => nd.setdiff1d(x.floats, x.bytes)],
  setxor1d: [x => nd.setxor1d(x.floats, x.line)],
  union1d: [x => nd.union1d(x.floats, x.turned)],
  isin: [x => nd.isin(x.turned, x.bytes), x => nd.isin(x.floats, x.line, { invert: true })],
  linspace: [() => nd.linspace(0, 1, 5)],
  matmul: [x => nd.matmul(x.ints, x.square), x => nd.matmul(x.square, x.turned, { out: x.square })],
  matrixTranspose: [x => nd.matrixTranspose(x.ints)],
  meshgrid: [x => nd.meshgrid(x.line, x.line, x.line)],
  moveaxis: [x => nd.moveaxis(x.cube, 0, 1)],
  nonzero: [x => nd.nonzero(x.cube)],
  ones: [() => nd.ones(3)],
  onesLike: [x => nd.onesLike(x.ints)],
  outer: [x => nd.outer(x.line, x.line)],
  pad: [x => nd.pad(x.ints, 2), x => nd.pad(x.ints, 1, { mode: 'wrap' })],
  percentile: [x => nd.percentile(x.ints, [5, 50], { axis: 0 }), x => nd.percentile(x.ints, 50)],
  permuteDims: [x => nd.permuteDims(x.cube, [2, 0, 1])],
  place: [x => nd.place(x.ints, x.mask, x.floats), x => nd.place(x.turned, x.flags, x.square)],
  putAlongAxis: [x => nd.putAlongAxis(x.ints, x.places, x.floats)],
  putmask: [x => nd.putmask(x.ints, x.mask, x.line), x => nd.putmask(x.turned, x.flags, x.row)],
  quantile: [
    x => nd.quantile(x.turned, 0.5, { axis: 0, out: x.row }),
    x => nd.quantile(x.ints, x.parts, { method: 'weibull' }),
  ],
  ravel: [x => nd.ravel(x.turned)],
  refs: [x => nd.refs([x.ints, x.floats]), () => nd.refs(3)],
  repeat: [
    x => nd.repeat(x.turned, 2),
    x => nd.repeat(x.line, x.line),
    x => nd.repeat(x.cube, [1, 2, 3], { axis: 1 }),
  ],
  reshape: [x => nd.reshape(x.turned, 9)],
  roll: [x => nd.roll(x.turned, 1), x => nd.roll(x.cube, 1, { axis: [0, 1] })],
  rot90: [x => nd.rot90(x.ints)],
  searchsorted: [
    x => nd.searchsorted(x.line, x.floats),
    x => nd.searchsorted(x.line, 2),
    x => nd.searchsorted(x.line, x.bytes, { sorter: x.rising }),
  ],
  sort: [x => nd.sort(x.turned), x => nd.sort(x.square, { axis: 0, out: x.square })],
  split: [x => nd.split(x.line, 3)],
  squeeze: [x => nd.squeeze(x.thin)],
  stack: [x => nd.stack([x.ints, x.floats]), x => nd.stack([x.line, x.line, x.line], { out: x.longs })],
  swapaxes: [x => nd.swapaxes(x.ints, 0, 1)],
  take: [
    x => nd.take(x.turned, [0, 1]),
    x => nd.take(x.square, x.rising, { axis: 0, out: x.square }),
    x => nd.take(x.turned, x.many),
  ],
  takeAlongAxis: [x => nd.takeAlongAxis(x.ints, x.places)],
  tensordot: [
    x =>
      nd.tensordot(x.cube, x.small, {
        axes: [
          [0, 2],
          [0, 2],
        ],
      }),
    x => nd.tensordot(x.square, x.turned, { axes: 1, out: x.turned }),
  ],
  threshold: [x => nd.threshold(x.ints, 2), x => nd.threshold(x.turned, 2, { out: x.square })],
  tile: [x => nd.tile(x.turned, [2, 2])],
  transpose: [x => nd.transpose(x.ints)],
  tril: [x => nd.tril(x.square)],
  triu: [x => nd.triu(x.square)],
  uniqueAll: [x => nd.uniqueAll(x.turned), x => nd.uniqueAll(x.ints)],
  uniqueCounts: [x => nd.uniqueCounts(x.turned)],
  uniqueInverse: [x => nd.uniqueInverse(x.turned)],
  uniqueValues: [x => nd.uniqueValues(x.turned), x => nd.uniqueValues(x.ints)],
  unstack: [x => nd.unstack(x.ints)],
  vecdot: [x => nd.vecdot(x.ints, x.floats), x => nd.vecdot(x.square, x.square, { out: x.row })],
  where: [x => nd.where(x.mask, x.ints, x.line), x => nd.where(x.bytes, x.ints, 0.5), x => nd.where(x.cube)],
  zeros: [() => nd.zeros(3)],
  zerosLike: [x => nd.zerosLike(x.ints)],
}

/** Functions that make no array in the heap by themselves. */
const MAKING_NONE = `broadcastShapes canCast finfo iinfo isdtype keep nbytes refCount resultType scope
  setPrintOptions load loadSync save saveSync savez thresholdFile toNpz`

/** Calls a function whose allocation number `failing` fails; whether it came so far. */
function failsAt(heap: nd.Heap, failing: number, act: () => unknown): boolean {
  const { allocateBlock, allocateReferences } = heap
  let count = 0
  const counted =
    <P extends unknown[], R>(allocate: (...parameters: P) => R) =>
    (...parameters: P): R => {
      if (count++ === failing) throw new nd.OutOfMemoryError(1, 0, 0)
      return allocate.apply(heap, parameters)
    }
  Object.assign(heap, {
    allocateBlock: counted(allocateBlock),
    allocateReferences: counted(allocateReferences),
  })
  try {
    releaseAll(act())
    return false
  } catch (error) {
    if (!(error instanceof nd.OutOfMemoryError)) throw error
    return true
  } finally {
    Object.assign(heap, { allocateBlock, allocateReferences })
  }
}

/** Releases the arrays of a result, be they in a list or in an object. */
function releaseAll(value: unknown): void {
  if (value instanceof nd.NDArray || value instanceof nd.RefArray) value.release()
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(releaseAll)
}

describe('an allocation that fails leaves nothing in', () => {
  it('any public function: each of them is here', () => {
    const isFunction = (name: string) => typeof functions[name] === 'function' && /^[a-z]/.test(name)
    const names = Object.keys(nd).filter(isFunction)
    expect([...Object.keys(CALLS), ...MAKING_NONE.split(/\s+/)].sort()).toEqual(names.sort())
  })

  const npy = npyFile('int32', [2, 2], new Uint8Array(16))
  const rng = nd.random.defaultRng(0)
  const legacy = new nd.random.RandomState(0)
  const calls: Record<string, Calls> = {
    ...CALLS,
    loadSync: [() => nd.loadSync(npy)],
    'isclose with equalNan': [x => nd.isclose(x.floats, x.singles, { equalNan: true })],
    'Generator.integers': [() => rng.integers(5, { size: 9 }), x => rng.integers(x.ints, [[200], [300]])],
    'Generator.choice': [
      () => rng.choice(9, { size: 4, replace: false }),
      () => rng.choice(20_000, { size: 900, replace: false }),
      x => rng.choice(x.ints, { size: 5 }),
      () => rng.choice(2, { size: 5, p: [0.5, 0.5] }),
      () => rng.choice(2, { size: 2, p: [0.5, 0.5], replace: false }),
    ],
    'Generator.permutation': [() => rng.permutation(9), x => rng.permutation(x.square, { axis: 1 })],
    'Generator.permuted': [x => rng.permuted(x.square), x => rng.permuted(x.square, { axis: 0 })],
    'RandomState.normal': [() => legacy.normal(0, 2, { size: 5 }), x => legacy.normal(x.floats, 2)],
    'RandomState.uniform': [x => legacy.uniform(x.ints, 400)],
    'RandomState.choice': [() => legacy.choice(9, { size: 4, replace: false })],
    'distributions of arrays': [
      x => rng.normal(x.square, 2, { size: [2, ...x.square.shape] }),
      x => rng.laplace(x.floats),
    ],
    slice: [
      x => x.square.slice(x.rising, x.whole),
      x => x.cube.slice(':', x.rising, '::2'),
      x => x.ints.slice(x.mask),
    ],
    assignAt: [
      x => x.square.assignAt([x.rising, x.whole], x.falling),
      x => x.square.assignAt([x.rising], x.turned),
    ],
    assign: [x => x.square.assign(x.turned), x => x.square.assign(x.longs, { where: x.flags })],
    'in-place sort': [x => x.turned.sort({ axis: 0 })],
    'toArray and copy': [x => [x.turned.toArray(), x.turned.toTypedArray(), x.turned.copy()]],
    'RefArray.set': [
      x => {
        using list = nd.refs(2)
        list.set(x.ints, 0)
      },
    ],
  }

  it.each(Object.keys(calls))('%s', name => {
    using heap = new nd.Heap({ maxBytes: 2 ** 24, decay: Infinity })
    for (const [which, call] of (calls[name] as Calls).entries()) {
      for (let failing = 0, fails = true; fails; failing++) {
        heap.run(() => {
          const x = inputs()
          fails = failsAt(heap, failing, () => call(x))
          releaseAll(x)
        })
        expect(heap.statistics().blocks, `call ${which} without allocation ${failing}`).toBe(0)
      }
    }
    heap.check()
  })
})
