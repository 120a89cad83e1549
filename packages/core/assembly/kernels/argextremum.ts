/**
 * Where the smallest or the largest element is: the first one, or the first NaN. Contiguous elements go by
 * blocks: vectors find a block's extremum, and only a block that has a better one is searched for its place.
 */
import { idle, inChunks } from './chunks'
import { select } from './dispatch'
import { iterate, Loop, pointer, stride } from './iterate'

const BLOCK: u32 = 2048

/** The line's element that comes next, its index, and the bytes to the one behind it. */
let from: usize = 0
let index: u32 = 0
let step: i32 = 0
/** The best element so far, and its index; whether it is NaN, or there is none yet. */
const best: usize = memory.data(8, 8)
let bestIndex: u32 = 0
let ended: bool = false
let started: bool = false
/** A vector, taken apart. */
const scratch: usize = memory.data(16, 16)

@unmanaged
class Smaller {
  @inline better<T>(a: T, b: T): bool {
    return a < b
  }

  /** Lanes of the better elements; NaN is not looked for. */
  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isFloat<T>()) return v128.pmin<T>(a, b)
    else return v128.min<T>(a, b)
  }
}

@unmanaged
class Larger {
  @inline better<T>(a: T, b: T): bool {
    return a > b
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isFloat<T>()) return v128.pmax<T>(a, b)
    else return v128.max<T>(a, b)
  }
}

@unmanaged
class Search<Op> {
  run<T>(count: u32): void {
    if (ended) return
    if (!started) store<T>(best, load<T>(from))
    started = true
    const blocks = !(isInteger<T>() && sizeof<T>() === 8) && step === <i32>sizeof<T>()
    for (let done: u32 = 0; done < count && !ended; done += BLOCK) {
      const part = min(BLOCK, count - done)
      if (!blocks || part < BLOCK || mayBeBetter<T, Op>(part)) search<T, Op>(part)
      from += part * step
      index += part
    }
  }
}

/** Goes over `count` elements one by one. */
function search<T, Op>(count: u32): void {
  let value = load<T>(best)
  let at = from
  for (let i: u32 = 0; i < count; i++) {
    const next = load<T>(at)
    if (changetype<Op>(0).better<T>(next, value)) {
      value = next
      bestIndex = index + i
    }
    if (isFloat<T>()) {
      if (isNaN<T>(next)) {
        bestIndex = index + i
        ended = true
        return
      }
    }
    at += step
  }
  store<T>(best, value)
}

/** Whether a block of contiguous elements has a better one than the best, or NaN. */
function mayBeBetter<T, Op>(count: u32): bool {
  if (isInteger<T>() && sizeof<T>() === 8) return true
  else {
    const lanes: u32 = 16 / sizeof<T>()
    let all0 = v128.splat<T>(load<T>(best))
    let all1 = all0
    let ordered = v128.splat<i8>(-1)
    let at = from
    for (let i: u32 = 0; i < count; i += 2 * lanes) {
      const x = v128.load(at)
      const y = v128.load(at, 16)
      if (isFloat<T>()) ordered = v128.and(ordered, v128.and(v128.eq<T>(x, x), v128.eq<T>(y, y)))
      all0 = changetype<Op>(0).lanes<T>(all0, x)
      all1 = changetype<Op>(0).lanes<T>(all1, y)
      at += 32
    }
    if (!v128.all_true<i8>(ordered)) return true
    v128.store(scratch, changetype<Op>(0).lanes<T>(all0, all1))
    for (let lane: u32 = 0; lane < lanes; lane++) {
      if (changetype<Op>(0).better<T>(load<T>(scratch + lane * sizeof<T>()), load<T>(best))) return true
    }
    return false
  }
}

function open(at: usize, lineStep: i32): void {
  from = at
  step = lineStep
  index = 0
  bestIndex = 0
  ended = false
  started = false
}

function searchOf(largest: bool, dtype: u32): Loop {
  return largest ? select<Search<Larger>>(dtype) : select<Search<Smaller>>(dtype)
}

/** The lines: elements, bytes from one to the next, and what goes along them. */
let length: u32 = 0
let lineStep: i32 = 0
let along: Loop = idle

function searchLines(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    open(pointer(1) + i * stride(1), lineStep)
    inChunks(along, length)
    store<u64>(pointer(0) + i * stride(0), bestIndex)
  }
}

/** Operands: out (int64), in, without the axis of the lines, which have `count` > 0 elements. */
export function argExtremum(largest: bool, dtype: u32, count: u32, stepFrom: i32): void {
  along = searchOf(largest, dtype)
  length = count
  lineStep = stepFrom
  iterate(searchLines, 2)
}

/** A row of an array: its elements' indices in C order go from operand 0's address. */
function searchRow(count: u32): void {
  from = pointer(1)
  step = stride(1)
  index = <u32>pointer(0)
  along(count)
}

/**
 * The index in C order. Operand 0 is none: its address is 0 and its steps are those of a contiguous array of
 * bytes, so that its addresses are the indices, and axes keep their order. Operand 1: in, not empty.
 */
export function argExtremumOfAll(largest: bool, dtype: u32): u32 {
  along = searchOf(largest, dtype)
  open(0, 0)
  iterate(searchRow, 2)
  return bestIndex
}
