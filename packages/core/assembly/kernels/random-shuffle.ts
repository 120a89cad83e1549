/**
 * Shuffles: from the last item down, each changes places with one that is drawn from those up to it
 * (Fisher and Yates), as NumPy draws them. An item is an element, or a row of bytes; nothing is copied.
 */
import { inChunks } from './chunks'
import { selectBySize } from './dispatch'
import { advance, descriptor, iterate, Loop, pointer, pointerAt, row, stride } from './iterate'
import { closeStream, foresee } from './random-stream'
import { openWithin, within } from './random-within'

/** How the other item is drawn. */
export namespace Drawing {
  /** Masked: NumPy's random_interval. */
  export const MASKED: u32 = 0
  /** Lemire's method: NumPy's random_bounded_uint64. */
  export const LEMIRE: u32 = 1
}

/** Picks that are drawn at once: while items are exchanged, no guess about a draw stops the reading ahead. */
const BATCH: u32 = 512
const batch: usize = memory.data(BATCH * 4, 4)

/** The line: its first item, the bytes from one to the next, and those of an item. */
let begin: usize = 0
let step: i32 = 0
let itemBytes: u32 = 0
/** The item that is exchanged next. */
let last: u32 = 0
/** Where the pick of item 0 is, or would be: that of item i, up to i, is i words behind. */
let picks: usize = 0

/** Draws the picks of `count` items from `from` down; `draws` (≥ `count`) are surely drawn in all. */
function drawInto(out: usize, from: u32, count: u32, draws: u32, masked: bool): void {
  for (let i = from; i > from - count; i--) {
    foresee(draws--)
    store<u32>(out + ((<usize>i) << 2), <u32>within(i, 32, masked))
  }
}

function pickOf(item: u32): u32 {
  return load<u32>(picks + ((<usize>item) << 2))
}

@unmanaged
class Exchange {
  run<T>(count: u32): void {
    for (; count > 0; count--) {
      const one = begin + <usize>(<i32>last * step)
      const other = begin + <usize>(<i32>pickOf(last) * step)
      const item = load<T>(one)
      store<T>(one, load<T>(other))
      store<T>(other, item)
      last--
    }
  }
}

function exchangeRows(count: u32): void {
  for (; count > 0; count--) {
    exchangeBytes(begin + <usize>(<i32>last * step), begin + <usize>(<i32>pickOf(last) * step), itemBytes)
    last--
  }
}

function exchangeBytes(one: usize, other: usize, bytes: u32): void {
  let i: u32 = 0
  for (; i + 16 <= bytes; i += 16) {
    const vector = v128.load(one + i)
    v128.store(one + i, v128.load(other + i))
    v128.store(other + i, vector)
  }
  for (; i < bytes; i++) {
    const byte = load<u8>(one + i)
    store<u8>(one + i, load<u8>(other + i))
    store<u8>(other + i, byte)
  }
}

/** The exchange of items of `bytes` bytes. */
function exchangeOf(bytes: u32): Loop {
  itemBytes = bytes
  return bytes <= 8 && popcnt(bytes) === 1 ? selectBySize<Exchange>(bytes) : exchangeRows
}

/**
 * Shuffles lines, each by draws of its own, in C order of where they begin: operand 0, axis by axis as the
 * host wrote them. A line has `length` (> 0) items of `bytes` bytes, `itemStep` apart; those from the last
 * down to `first` (≥ 1) are exchanged.
 */
export function shuffle(
  bitGenerator: u32,
  drawing: u32,
  length: u32,
  first: u32,
  itemStep: i32,
  bytes: u32,
): void {
  const exchange = exchangeOf(bytes)
  step = itemStep
  openWithin(bitGenerator, false)
  row(0).pointer = load<u32>(pointerAt(0))
  const ndim = load<u32>(descriptor)
  do {
    begin = pointer(0)
    last = length - 1
    while (last >= first) {
      const left = last - first + 1
      const count = min(BATCH, left)
      picks = batch - ((<usize>(last - count + 1)) << 2)
      drawInto(picks, last, count, left, drawing === Drawing.MASKED)
      exchange(count)
    }
  } while (advance(0, ndim, 1))
  closeStream()
}

/** Draws the picks of a shuffle of `length` (> 0) items; `shuffleAlike` exchanges by them. */
export function drawPicks(bitGenerator: u32, length: u32, out: usize): void {
  openWithin(bitGenerator, false)
  for (let item = length - 1; item > 0; ) {
    const count = min(BATCH, item)
    drawInto(out, item, count, item, true)
    item -= count
  }
  closeStream()
}

/** Shuffles all lines of operand 0 alike, by drawn picks. */
export function shuffleAlike(drawn: usize, length: u32, itemStep: i32, bytes: u32): void {
  picks = drawn
  step = itemStep
  lineLength = length
  exchangeLine = exchangeOf(bytes)
  iterate(shuffleRow, 1)
}

let lineLength: u32 = 0
let exchangeLine: Loop = exchangeRows

function shuffleRow(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    begin = pointer(0) + i * stride(0)
    last = lineLength - 1
    inChunks(exchangeLine, lineLength - 1)
  }
}
