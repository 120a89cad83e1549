/** Counting elements by their values: into bins between edges, or a bin for each integer. */
import { sizeOf } from './assign'
import { selectBySize } from './dispatch'
import { iterate, pointer, stride } from './iterate'
import { Source, setSource, strip, stripLength } from './strip'

let counts: usize = 0
let edges: usize = 0
let bins: u32 = 0
/** Bins per unit when all are equally wide, else 0. */
let density: f64 = 0

function edge(index: u32): f64 {
  return load<f64>(edges + ((<usize>index) << 3))
}

function increment(index: u32): void {
  const at = counts + ((<usize>index) << 3)
  store<i64>(at, load<i64>(at) + 1)
}

/**
 * Counts operand 0's elements in `count` bins; `edgesAt` has count + 1 ascending f64. A bin has its lower
 * edge, and the last one its upper edge, too. What is outside, and NaN, is not counted. `equal`: all bins are
 * equally wide, but for rounding.
 */
export function histogram(dtype: u32, countsAt: usize, edgesAt: usize, count: u32, equal: bool): void {
  counts = countsAt
  edges = edgesAt
  bins = count
  density = equal ? <f64>bins / (edge(bins) - edge(0)) : 0
  setSource(Source.FLOAT, dtype, false, 0)
  iterate(countRow, 1)
}

function countRow(count: u32): void {
  let from = pointer(0)
  for (let rest = count; rest > 0; ) {
    const part = stripLength(stride(0), rest)
    countStrip(strip(from, stride(0), part), part)
    from += part * stride(0)
    rest -= part
  }
}

function countStrip(values: usize, count: u32): void {
  const low = edge(0)
  const high = edge(bins)
  for (let i: u32 = 0; i < count; i++) {
    const value = load<f64>(values + (i << 3))
    if (value >= low && value <= high) increment(density > 0 ? equalBin(value, low) : searchedBin(value))
  }
}

/** The estimate may be off by one, from rounding: the edges decide. */
function equalBin(value: f64, low: f64): u32 {
  let bin = min(<u32>((value - low) * density), bins - 1)
  if (bin > 0 && value < edge(bin)) bin--
  else if (bin < bins - 1 && value >= edge(bin + 1)) bin++
  return bin
}

function searchedBin(value: f64): u32 {
  let low: u32 = 0
  let high = bins
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (value >= edge(middle)) low = middle
    else high = middle
  }
  return low
}

/** Counts operand 0, integers from 0, each in a bin of its own; or adds operand 1's f64 there. */
export function bincount(dtype: u32, countsAt: usize, weighted: bool): void {
  counts = countsAt
  if (weighted) iterate(selectBySize<WeightedCount>(sizeOf(dtype)), 2)
  else iterate(selectBySize<IntegerCount>(sizeOf(dtype)), 1)
}

@unmanaged
class IntegerCount {
  run<T>(count: u32): void {
    let from = pointer(0)
    for (let i: u32 = 0; i < count; i++) {
      increment(<u32>load<T>(from))
      from += stride(0)
    }
  }
}

@unmanaged
class WeightedCount {
  run<T>(count: u32): void {
    let from = pointer(0)
    let weight = pointer(1)
    for (let i: u32 = 0; i < count; i++) {
      const at = counts + ((<usize>(<u32>load<T>(from))) << 3)
      store<f64>(at, load<f64>(at) + load<f64>(weight))
      from += stride(0)
      weight += stride(1)
    }
  }
}
