/** The grey levels of an image: the least and the greatest, and how many elements each of them has. */
import { sizeOf } from './assign'
import { selectBySize, selectFloat } from './dispatch'
import { DType } from './dtype'
import { iterate, Loop, pointer, stride } from './iterate'
import { scalars } from './scalar'

/** What `extent` may find beside finite elements. */
export namespace Found {
  export const NAN: u32 = 1
  export const PLUS_INFINITY: u32 = 2
  export const MINUS_INFINITY: u32 = 4
}

const lowest: usize = scalars
const highest: usize = scalars + 16
let started: bool = false
let found: u32 = 0

/**
 * Leaves the least finite element of operand 0 in the scalars' slot 0 and the greatest in slot 1 (∞ and −∞
 * when there is none); returns which others there are.
 */
export function extent(dtype: u32): u32 {
  started = false
  found = 0
  iterate(selectWide(dtype), 1)
  return found
}

/** Elements of 8 and 16 bits are counted at once. */
function selectWide(dtype: u32): Loop {
  switch (dtype) {
    case DType.INT32:
      return count => changetype<Extent>(0).run<i32>(count)
    case DType.UINT32:
      return count => changetype<Extent>(0).run<u32>(count)
    case DType.INT64:
      return count => changetype<Extent>(0).run<i64>(count)
    case DType.UINT64:
      return count => changetype<Extent>(0).run<u64>(count)
    default:
      return selectFloat<Extent>(dtype)
  }
}

@unmanaged
class Extent {
  run<T>(count: u32): void {
    if (!started) {
      store<T>(lowest, isFloat<T>() ? <T>Infinity : load<T>(pointer(0)))
      store<T>(highest, isFloat<T>() ? <T>-Infinity : load<T>(pointer(0)))
      started = true
    }
    // Integers of 64 bits have no vector instruction for it.
    let done: u32 = 0
    if ((sizeof<T>() === 4 || isFloat<T>()) && stride(0) === <i32>sizeof<T>()) {
      if (ofVectors<T>(pointer(0), count & ~3)) done = count & ~3
    }
    ofElements<T>(pointer(0) + done * stride(0), count - done)
  }
}

function ofElements<T>(from: usize, count: u32): void {
  let low = load<T>(lowest)
  let high = load<T>(highest)
  for (let i: u32 = 0; i < count; i++) {
    const value = load<T>(from)
    from += stride(0)
    if (isFloat<T>()) {
      if (value - value !== 0) {
        found |= isNaN<T>(value) ? Found.NAN : value > 0 ? Found.PLUS_INFINITY : Found.MINUS_INFINITY
        continue
      }
    }
    low = min<T>(low, value)
    high = max<T>(high, value)
  }
  store<T>(lowest, low)
  store<T>(highest, high)
}

/** Of a multiple of four elements. Changes nothing and returns false when some are not finite. */
function ofVectors<T>(from: usize, count: u32): bool {
  const end = from + count * sizeof<T>()
  let low = v128.splat<T>(load<T>(lowest))
  let high = v128.splat<T>(load<T>(highest))
  // x − x is 0 for what is finite, else NaN.
  let zero = v128.splat<T>(0)
  for (; from < end; from += 16) {
    const values = v128.load(from)
    low = isFloat<T>() ? v128.pmin<T>(low, values) : v128.min<T>(low, values)
    high = isFloat<T>() ? v128.pmax<T>(high, values) : v128.max<T>(high, values)
    if (isFloat<T>()) zero = v128.add<T>(zero, v128.sub<T>(values, values))
  }
  if (isFloat<T>()) {
    if (!v128.all_true<i32>(v128.eq<T>(zero, zero))) return false
  }
  v128.store(scratch, low)
  v128.store(scratch, high, 16)
  for (let at: usize = 0; at < 16; at += sizeof<T>()) {
    store<T>(lowest, min<T>(load<T>(lowest), load<T>(scratch + at)))
    store<T>(highest, max<T>(load<T>(highest), load<T>(scratch + at, 16)))
  }
  return true
}

const scratch: usize = memory.data(32, 16)

/** Four tables of u32, one behind the other, or one four times: what is incremented twice in a row waits. */
let table: usize = 0
let tableStep: usize = 0
/** The integer of bin 0; the edges of bins (elements of the dtype), their number, and bins per unit. */
let base: u64 = 0
let edges: usize = 0
let lastBin: i32 = 0
let density: f64 = 0
/** In bins: an estimate that is no nearer to an edge is right; 0 when none can be trusted. */
let margin: f32 = 0

function increment(cell: usize): void {
  store<u32>(cell, load<u32>(cell) + 1)
}

/** Counts operand 0, integers, in bin (element − low); `step`: bytes from one table to the next, or 0. */
export function countLevels(dtype: u32, low: u64, tables: usize, step: usize): void {
  base = low
  table = tables
  tableStep = step
  iterate(selectBySize<Levels>(sizeOf(dtype)), 1)
}

/** Differences wrap to the same bits with and without a sign. */
@unmanaged
class Levels {
  run<T>(count: u32): void {
    const low = <T>base
    const step = stride(0)
    const first = table
    const second = first + tableStep
    const third = second + tableStep
    const fourth = third + tableStep
    let from = pointer(0)
    let i: u32 = 0
    for (; i + 4 <= count; i += 4) {
      increment(first + ((<usize>(<T>(load<T>(from) - low))) << 2))
      increment(second + ((<usize>(<T>(load<T>(from + step) - low))) << 2))
      increment(third + ((<usize>(<T>(load<T>(from + 2 * step) - low))) << 2))
      increment(fourth + ((<usize>(<T>(load<T>(from + 3 * step) - low))) << 2))
      from += 4 * step
    }
    for (; i < count; i++) {
      increment(first + ((<usize>(<T>(load<T>(from) - low))) << 2))
      from += step
    }
  }
}

/**
 * Counts operand 0, finite floats, in `bins` equally wide bins from the least to the greatest of them. The
 * bin is estimated in the operand's dtype and moved by one where the edges say so, as NumPy does.
 */
export function countBins(
  dtype: u32,
  edgesAt: usize,
  bins: u32,
  perUnit: f64,
  tables: usize,
  step: usize,
): void {
  edges = edgesAt
  lastBin = bins - 1
  density = perUnit
  table = tables
  tableStep = step
  if (dtype === DType.FLOAT32) margin = marginOf(bins)
  iterate(selectFloat<Bins>(dtype), 1)
}

/** Four times what rounding may move an estimate and an edge by, of float32. */
function marginOf(bins: u32): f32 {
  const low = <f64>load<f32>(edges)
  const high = <f64>load<f32>(edges + (bins << 2))
  const estimate = <f64>bins * f32.EPSILON
  const edge = (max(abs(low), abs(high)) * f32.EPSILON + <f64>f32.MIN_VALUE) * density
  const sum = 4 * (estimate + edge)
  return sum < 0.25 && density < <f64>f32.MAX_VALUE ? <f32>sum : 0
}

/** Counts four float32 at a time, unless one is near an edge between bins. Returns the elements done. */
function countFours(from: usize, count: u32): u32 {
  const lows = f32x4.splat(load<f32>(edges))
  const perUnit = f32x4.splat(<f32>density)
  const near = f32x4.splat(margin)
  const half = f32x4.splat(<f32>(lastBin + 1) / 2)
  const lasts = i32x4.splat(lastBin)
  const second = table + tableStep
  const third = second + tableStep
  const fourth = third + tableStep
  let i: u32 = 0
  for (; i + 4 <= count; i += 4) {
    const at = f32x4.mul(f32x4.sub(v128.load(from), lows), perUnit)
    const edge = f32x4.nearest(at)
    const isNear = f32x4.lt(f32x4.abs(f32x4.sub(at, edge)), near)
    const isInner = f32x4.lt(f32x4.abs(f32x4.sub(edge, half)), half)
    if (v128.any_true(v128.and(isNear, isInner))) changetype<Bins>(0).each<f32>(from, 4, 4)
    else {
      const bins = i32x4.shl(i32x4.min_s(i32x4.trunc_sat_f32x4_s(at), lasts), 2)
      increment(table + i32x4.extract_lane(bins, 0))
      increment(second + i32x4.extract_lane(bins, 1))
      increment(third + i32x4.extract_lane(bins, 2))
      increment(fourth + i32x4.extract_lane(bins, 3))
    }
    from += 16
  }
  return i
}

@unmanaged
class Bins {
  run<T>(count: u32): void {
    let done: u32 = 0
    if (sizeof<T>() === 4) {
      if (margin > 0 && stride(0) === 4) done = countFours(pointer(0), count)
    }
    this.each<T>(pointer(0) + done * stride(0), stride(0), count - done)
  }

  each<T>(begin: usize, step: i32, count: u32): void {
    const edge = edges
    const last = lastBin
    const perUnit = <T>density
    const low = load<T>(edge)
    const first = table
    const toNext = tableStep
    let from = begin
    for (let i: u32 = 0; i < count; i++) {
      const value = load<T>(from)
      const bin = min<i32>(<i32>(<T>(value - low) * perUnit), last)
      const at = edge + bin * sizeof<T>()
      // Whether to move is a coin's toss near an edge: no branch.
      const up = i32(value >= load<T>(at, sizeof<T>())) & i32(bin !== last)
      const moved = bin + up - i32(value < load<T>(at))
      increment(first + <usize>(i & 3) * toNext + ((<usize>moved) << 2))
      from += step
    }
  }
}
