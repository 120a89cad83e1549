/**
 * Stable sorts of records by their keys: merging where there are few, else by radix, the lowest digit
 * first. A record is a key alone (Word), or a key with what goes along with it.
 */
import { inChunks } from './chunks'
import { Loop } from './iterate'

/** Records up to which merging is faster than the tables of a radix sort. Measured: even at 500 to 1,500. */
const FEW: u32 = 768
/** Records of the runs that merging begins with. */
const RUN: u32 = 12
const DIGIT_BITS: u32 = 8
const BUCKETS: u32 = 1 << DIGIT_BITS
/** For each digit a table of 32-bit words: how many records, then where the next of them goes. */
const tables: usize = memory.data(8 * BUCKETS * 4, 16)

/** Where the next record is read from. */
let from: usize = 0
/** The table of the digit that is being sorted by, and the bits of the key below it. */
let table: usize = 0
let shift: u64 = 0
/** The digits that tell records apart, from the lowest. */
let firstDigit: u32 = 0
let lastDigit: u32 = 0

/** An unsigned integer, its own key. */
@unmanaged
export class Word<U> {
  @inline bytes(): u32 {
    return sizeof<U>()
  }

  @inline key(at: usize): u64 {
    return <u64>load<U>(at)
  }

  @inline move(to: usize, from: usize): void {
    store<U>(to, load<U>(from))
  }
}

/** A key of 8 bytes and an index of 8 bytes. */
@unmanaged
export class Pair {
  @inline bytes(): u32 {
    return 16
  }

  @inline key(at: usize): u64 {
    return load<u64>(at)
  }

  @inline move(to: usize, from: usize): void {
    v128.store(to, v128.load(from))
  }
}

/**
 * Sorts `count` records at `records` by the bytes `first` to `last` of their keys, where the others agree
 * or stand in order; `other` is room for as many. Returns where the sorted records are: one of the two.
 */
export function sortRecords<R>(records: usize, other: usize, count: u32, first: u32, last: u32): usize {
  if (count <= FEW) return mergeSort<R>(records, other, count)
  if (isSorted<R>(records, count)) return records
  firstDigit = first
  lastDigit = last
  return radixSort<R>(records, other, count)
}

function isSorted<R>(records: usize, count: u32): bool {
  const bytes = changetype<R>(0).bytes()
  const end = records + (count - 1) * bytes
  while (records < end) {
    if (changetype<R>(0).key(records) > changetype<R>(0).key(records + bytes)) return false
    records += bytes
  }
  return true
}

function mergeSort<R>(records: usize, other: usize, count: u32): usize {
  const bytes = changetype<R>(0).bytes()
  const end = records + count * bytes
  for (let run = records; run < end; run += RUN * bytes) insertionSort<R>(run, min(run + RUN * bytes, end))
  for (let width = RUN; width < count; width <<= 1) {
    mergeRuns<R>(records, other, count * bytes, width * bytes)
    const swapped = records
    records = other
    other = swapped
  }
  return records
}

/** The record being inserted. */
const held: usize = memory.data(16, 16)

function insertionSort<R>(begin: usize, end: usize): void {
  const bytes = changetype<R>(0).bytes()
  for (let next = begin + bytes; next < end; next += bytes) {
    const key = changetype<R>(0).key(next)
    if (changetype<R>(0).key(next - bytes) <= key) continue
    changetype<R>(0).move(held, next)
    let at = next
    do {
      changetype<R>(0).move(at, at - bytes)
      at -= bytes
    } while (at > begin && changetype<R>(0).key(at - bytes) > key)
    changetype<R>(0).move(at, held)
  }
}

/** Merges neighbouring runs of `width` bytes. */
function mergeRuns<R>(records: usize, out: usize, length: u32, width: u32): void {
  const bytes = changetype<R>(0).bytes()
  for (let begin: u32 = 0; begin < length; begin += 2 * width) {
    let left = records + begin
    const middle = records + min(begin + width, length)
    let right = middle
    const end = records + min(begin + 2 * width, length)
    while (left < middle && right < end) {
      const second = changetype<R>(0).key(right) < changetype<R>(0).key(left)
      changetype<R>(0).move(out, second ? right : left)
      right += second ? <usize>bytes : 0
      left += second ? 0 : <usize>bytes
      out += bytes
    }
    memory.copy(out, left, middle - left)
    out += middle - left
    memory.copy(out, right, end - right)
    out += end - right
  }
}

function radixSort<R>(records: usize, other: usize, count: u32): usize {
  const bytes = changetype<R>(0).bytes()
  memory.fill(tables, 0, 8 * BUCKETS * 4)
  from = records
  const counting: Loop = part => countDigits<R>(part)
  inChunks(counting, count)
  if (bytes === 1) {
    fillRuns(records)
    return records
  }
  for (let digit = firstDigit; digit < lastDigit; digit++) {
    table = tables + digit * BUCKETS * 4
    shift = digit * DIGIT_BITS
    const bucket = <u32>(changetype<R>(0).key(records) >> shift) & (BUCKETS - 1)
    // A digit that all records share sorts nothing.
    if (load<u32>(table + (bucket << 2)) === count) continue
    toAddresses(other, bytes)
    from = records
    const distributing: Loop = part => distribute<R>(part)
    inChunks(distributing, count)
    const swapped = records
    records = other
    other = swapped
  }
  return records
}

/** Counts every digit of some records. */
function countDigits<R>(count: u32): void {
  const begin = tables + firstDigit * BUCKETS * 4
  for (let i: u32 = 0; i < count; i++) {
    let key = changetype<R>(0).key(from) >> (firstDigit * DIGIT_BITS)
    let counter = begin
    for (let digit = firstDigit; digit < lastDigit; digit++) {
      const at = counter + ((<u32>key & (BUCKETS - 1)) << 2)
      store<u32>(at, load<u32>(at) + 1)
      key >>= DIGIT_BITS
      counter += BUCKETS * 4
    }
    from += changetype<R>(0).bytes()
  }
}

/** Records of one byte: the counts say all. */
function fillRuns(out: usize): void {
  for (let byte: u32 = 0; byte < BUCKETS; byte++) {
    const count = load<u32>(tables + (byte << 2))
    memory.fill(out, <u8>byte, count)
    out += count
  }
}

/** Turns the counts of a digit into the addresses where its buckets begin. */
function toAddresses(out: usize, bytes: u32): void {
  for (let bucket: u32 = 0; bucket < BUCKETS; bucket++) {
    const at = table + (bucket << 2)
    const count = load<u32>(at)
    store<u32>(at, out)
    out += count * bytes
  }
}

/** Appends some records to the buckets of their digit. */
function distribute<R>(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const at = table + ((<u32>(changetype<R>(0).key(from) >> shift) & (BUCKETS - 1)) << 2)
    const place = load<u32>(at)
    changetype<R>(0).move(place, from)
    store<u32>(at, place + changetype<R>(0).bytes())
    from += changetype<R>(0).bytes()
  }
}
