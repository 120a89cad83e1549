/** The smallest and the largest element, in the operand's dtype; NaN if there is one, or skipping NaN. */
import { rowStep, rows, tile } from './fold'
import { pointer, stride } from './iterate'
import { Greater, Less } from './relation'

/** Whether the tile holds elements already. */
let started: bool = false
let skipsNaN: bool = false

export function setExtremum(skips: bool): void {
  skipsNaN = skips
}

export function beginExtremum(count: u32): void {
  started = false
}

/**
 * The better of two elements or lanes. Of vectors NaN is lost where it is not the second operand: who calls
 * looks for it.
 */
@unmanaged
export class Minimum {
  @inline of<T>(a: T, b: T): T {
    if (isFloat<T>()) return min<T>(a, b)
    else return b < a ? b : a
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isFloat<T>()) return v128.pmin<T>(b, a)
    else if (sizeof<T>() === 8) return v128.bitselect(b, a, changetype<Less>(0).lanes<T>(b, a))
    else return v128.min<T>(a, b)
  }

  @inline exact<T>(a: v128, b: v128): v128 {
    if (isFloat<T>()) return v128.bitselect(v128.pmin<T>(b, a), a, v128.eq<T>(a, a))
    else return this.lanes<T>(a, b)
  }
}

@unmanaged
export class Maximum {
  @inline of<T>(a: T, b: T): T {
    if (isFloat<T>()) return max<T>(a, b)
    else return b > a ? b : a
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isFloat<T>()) return v128.pmax<T>(b, a)
    else if (sizeof<T>() === 8) return v128.bitselect(b, a, changetype<Greater>(0).lanes<T>(b, a))
    else return v128.max<T>(a, b)
  }

  @inline exact<T>(a: v128, b: v128): v128 {
    if (isFloat<T>()) return v128.bitselect(v128.pmax<T>(b, a), a, v128.eq<T>(a, a))
    else return this.lanes<T>(a, b)
  }
}

/** The better of two, NaN being skipped or winning. */
function better<T, Op>(a: T, b: T): T {
  if (isFloat<T>()) {
    if (skipsNaN) {
      if (isNaN<T>(a)) return b
      if (isNaN<T>(b)) return a
    }
  }
  return changetype<Op>(0).of<T>(a, b)
}

@unmanaged
export class ExtremumAlong<Op> {
  run<T>(count: u32): void {
    let from = pointer(0)
    let best = started ? load<T>(tile) : load<T>(from)
    started = true
    let i: u32 = 0
    if (stride(0) === <i32>sizeof<T>() && !skipsNaN) {
      const block: u32 = 64 / sizeof<T>()
      const end = count & ~(block - 1)
      if (end) {
        best = better<T, Op>(best, ofVectors<T, Op>(from, end))
        from += end * sizeof<T>()
        i = end
      }
    }
    for (; i < count; i++) {
      best = better<T, Op>(best, load<T>(from))
      from += stride(0)
    }
    store<T>(tile, best)
  }
}

/** Of a multiple of four vectors. */
function ofVectors<T, Op>(from: usize, count: u32): T {
  const op = changetype<Op>(0)
  const end = from + count * sizeof<T>()
  let a = v128.load(from)
  let b = v128.load(from, 16)
  let c = v128.load(from, 32)
  let d = v128.load(from, 48)
  // All bits where every number so far was one.
  let numbers = isFloat<T>()
    ? v128.and(v128.and(v128.eq<T>(a, a), v128.eq<T>(b, b)), v128.and(v128.eq<T>(c, c), v128.eq<T>(d, d)))
    : a
  for (from += 64; from < end; from += 64) {
    const v0 = v128.load(from)
    const v1 = v128.load(from, 16)
    const v2 = v128.load(from, 32)
    const v3 = v128.load(from, 48)
    a = op.lanes<T>(a, v0)
    b = op.lanes<T>(b, v1)
    c = op.lanes<T>(c, v2)
    d = op.lanes<T>(d, v3)
    if (isFloat<T>()) {
      // A comparison of two vectors finds NaN in either.
      const v01 = orderedLanes<T>(v0, v1)
      const v23 = orderedLanes<T>(v2, v3)
      numbers = v128.and(numbers, v128.and(v01, v23))
    }
  }
  if (isFloat<T>()) {
    if (!v128.all_true<i32>(numbers)) return <T>NaN
  }
  v128.store(scratch, op.lanes<T>(op.lanes<T>(a, b), op.lanes<T>(c, d)))
  let best = load<T>(scratch)
  for (let lane: usize = 1; lane < 16 / sizeof<T>(); lane++) {
    best = op.of<T>(best, load<T>(scratch + lane * sizeof<T>()))
  }
  return best
}

/** All bits where neither lane is NaN. */
function orderedLanes<T>(a: v128, b: v128): v128 {
  return v128.and(v128.eq<T>(a, a), v128.eq<T>(b, b))
}

/** A vector, taken apart. */
const scratch: usize = memory.data(16, 16)

@unmanaged
export class ExtremumAcross<Op> {
  run<T>(count: u32): void {
    let from = pointer(0)
    let row: u32 = 0
    if (!started) {
      for (let i: u32 = 0; i < count; i++) store<T>(tile + i * sizeof<T>(), load<T>(from + i * stride(0)))
      started = true
      row = 1
      from += rowStep
    }
    for (; row < rows; row++) {
      acrossRow<T, Op>(from, count)
      from += rowStep
    }
  }
}

function acrossRow<T, Op>(from: usize, count: u32): void {
  let i: u32 = 0
  if (stride(0) === <i32>sizeof<T>() && !skipsNaN) {
    const lanes: u32 = 16 / sizeof<T>()
    for (; i + lanes <= count; i += lanes) {
      const at = i * sizeof<T>()
      const best = changetype<Op>(0).exact<T>(v128.load(tile + at), v128.load(from + at))
      v128.store(tile + at, best)
    }
  }
  from += i * stride(0)
  for (; i < count; i++) {
    const at = tile + i * sizeof<T>()
    store<T>(at, better<T, Op>(load<T>(at), load<T>(from)))
    from += stride(0)
  }
}
