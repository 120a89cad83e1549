/**
 * Where the smallest or the largest element is: the first one, or the first NaN. Contiguous elements go by
 * blocks: vectors find a block's extremum, and only a block that has a better one is searched for its place.
 */
import { idle, inChunks } from './chunks'
import { selectWrapping } from './dispatch'
import { iterate, Loop, pointer, stride } from './iterate'
import { flipped, orderFlip } from './order'

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

/** The bits that make the element looked for the smallest (see order.ts). */
let flip: u64 = 0

@unmanaged
class Search {
  run<T>(count: u32): void {
    if (ended) return
    if (!started) store<T>(best, flipped<T>(from, flip))
    started = true
    const blocks = !(isInteger<T>() && sizeof<T>() === 8) && step === <i32>sizeof<T>()
    for (let done: u32 = 0; done < count && !ended; done += BLOCK) {
      const part = min(BLOCK, count - done)
      if (!blocks || part < BLOCK || mayBeBetter<T>(part)) search<T>(part)
      from += part * step
      index += part
    }
  }
}

/** Goes over `count` elements one by one. */
function search<T>(count: u32): void {
  const bits = flip
  const next = step
  let value = load<T>(best)
  let at = from
  for (let i: u32 = 0; i < count; i++) {
    const element = flipped<T>(at, bits)
    if (element < value) {
      value = element
      bestIndex = index + i
    }
    if (isFloat<T>()) {
      if (isNaN<T>(element)) {
        bestIndex = index + i
        ended = true
        return
      }
    }
    at += next
  }
  store<T>(best, value)
}

/** Whether a block of contiguous elements has a better one than the best, or NaN. */
function mayBeBetter<T>(count: u32): bool {
  if (isInteger<T>() && sizeof<T>() === 8) return true
  else {
    const lanes: u32 = 16 / sizeof<T>()
    const bits = i64x2.splat(flip)
    let all0 = v128.splat<T>(load<T>(best))
    let all1 = all0
    let ordered = v128.splat<i8>(-1)
    let at = from
    for (let i: u32 = 0; i < count; i += 2 * lanes) {
      const x = v128.xor(v128.load(at), bits)
      const y = v128.xor(v128.load(at, 16), bits)
      if (isFloat<T>()) ordered = v128.and(ordered, v128.and(v128.eq<T>(x, x), v128.eq<T>(y, y)))
      all0 = smaller<T>(all0, x)
      all1 = smaller<T>(all1, y)
      at += 32
    }
    if (!v128.all_true<i8>(ordered)) return true
    v128.store(scratch, smaller<T>(all0, all1))
    for (let lane: u32 = 0; lane < lanes; lane++) {
      if (load<T>(scratch + lane * sizeof<T>()) < load<T>(best)) return true
    }
    return false
  }
}

/** Lanes of the smaller elements; NaN is not looked for. */
function smaller<T>(a: v128, b: v128): v128 {
  if (isFloat<T>()) return v128.pmin<T>(a, b)
  else return v128.min<T>(a, b)
}

function open(at: usize, lineStep: i32): void {
  from = at
  step = lineStep
  index = 0
  bestIndex = 0
  ended = false
  started = false
}

/** Chooses what is looked for, and in what. */
function setSearch(largest: bool, dtype: u32): void {
  flip = orderFlip(dtype, largest)
  along = selectWrapping<Search>(dtype)
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
  setSearch(largest, dtype)
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
  setSearch(largest, dtype)
  open(0, 0)
  iterate(searchRow, 2)
  return bestIndex
}
