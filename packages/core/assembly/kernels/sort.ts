/**
 * Sorting along an axis: a line is read into keys (or records of a key and an index), these are sorted, and
 * written back. The operands of the descriptor are what is left without that axis: where lines begin.
 */
import { sizeOf } from './assign'
import { idle, inChunks } from './chunks'
import { select, selectBySize } from './dispatch'
import { iterate, Loop, pointer, stride } from './iterate'
import {
  FromKeys,
  fromNarrowRecords,
  fromWideRecords,
  keyOfZero,
  negativeZeros,
  openLine,
  setDescending,
  ToKeys,
  ToRecords,
} from './sort-keys'
import { Pair, sortRecords, Word } from './sort-records'

/** The lines: elements, and the bytes from one to the next in the output and in the input. */
let length: u32 = 0
let outStep: i32 = 0
let fromStep: i32 = 0
/** Bytes of an element. */
let elementBytes: u32 = 0
/** The steps of sorting a line. */
let reading: Loop = idle
let sorting: Loop = idle
let writing: Loop = idle
/** Whether keys are made and sorted where the line will be written. */
let inPlace: bool = false
/** Room for a line's keys or records, twice; and where they are when they are sorted. */
let work: usize = 0
let other: usize = 0
let sorted: usize = 0

@unmanaged
class SortKeys {
  run<U>(count: u32): void {
    sorted = sortRecords<Word<U>>(work, other, count, 0, sizeof<U>())
    if (sizeof<U>() >= 4 && negativeZeros) restoreZeros<U>()
  }
}

/**
 * −0 and 0 are equal and keep their order, but have keys of their own: the zeros of the line, read again,
 * replace those among the sorted keys.
 */
function restoreZeros<U>(): void {
  const one = keyOfZero(false, sizeof<U>())
  const another = keyOfZero(true, sizeof<U>())
  let zeros = sorted
  while (<u64>load<U>(zeros) !== one && <u64>load<U>(zeros) !== another) zeros += sizeof<U>()
  const keys = sorted === work ? other : work
  openLine(lineBegin, fromStep, keys)
  inChunks(reading, length)
  for (let i: u32 = 0; i < length; i++) {
    const value = load<U>(keys + i * sizeof<U>())
    if (<u64>value !== one && <u64>value !== another) continue
    store<U>(zeros, value)
    zeros += sizeof<U>()
  }
}

/** Where the line being sorted begins. */
let lineBegin: usize = 0

/** Records of 8 bytes: the key in the upper half, of which dtypes below 32 bits use the lower part. */
function sortNarrowRecords(count: u32): void {
  sorted = sortRecords<Word<u64>>(work, other, count, 4, 4 + elementBytes)
}

function sortWideRecords(count: u32): void {
  sorted = sortRecords<Pair>(work, other, count, 0, 8)
}

function sortLines(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    lineBegin = pointer(1) + i * stride(1)
    if (inPlace) work = pointer(0) + i * stride(0)
    openLine(lineBegin, fromStep, work)
    inChunks(reading, length)
    sorting(length)
    openLine(pointer(0) + i * stride(0), outStep, sorted)
    inChunks(writing, length)
  }
}

function setLines(dtype: u32, descending: bool, count: u32, stepOut: i32, stepFrom: i32): void {
  elementBytes = sizeOf(dtype)
  setDescending(descending)
  length = count
  outStep = stepOut
  fromStep = stepFrom
}

/**
 * Operands: out, in, of one dtype, without the sorted axis; in may be out. `room` holds `count` elements when
 * the output's lines serve as room, too (they are contiguous and apart from the input), else twice as many.
 */
export function sort(
  dtype: u32,
  descending: bool,
  count: u32,
  stepOut: i32,
  stepFrom: i32,
  room: usize,
  roomInOut: bool,
): void {
  setLines(dtype, descending, count, stepOut, stepFrom)
  inPlace = roomInOut
  work = room
  other = roomInOut ? room : room + count * elementBytes
  reading = select<ToKeys>(dtype)
  sorting = selectBySize<SortKeys>(elementBytes)
  writing = select<FromKeys>(dtype)
  iterate(sortLines, 2)
}

/**
 * Operands: out (int64), in, without the sorted axis. `room` holds 2 × count records: of 16 bytes for dtypes
 * of 8, else of 8.
 */
export function argsort(
  dtype: u32,
  descending: bool,
  count: u32,
  stepOut: i32,
  stepFrom: i32,
  room: usize,
): void {
  setLines(dtype, descending, count, stepOut, stepFrom)
  const wide = elementBytes === 8
  inPlace = false
  work = room
  other = room + count * (wide ? 16 : 8)
  reading = select<ToRecords>(dtype)
  sorting = wide ? sortWideRecords : sortNarrowRecords
  writing = wide ? fromWideRecords : fromNarrowRecords
  iterate(sortLines, 2)
}
