/**
 * Growing regions: what is marked spreads to all that is connected with it. The elements are bytes; what is
 * connected is found run by run along the last axis, and from a run in the rows beside it.
 *
 *     state  OUTSIDE   no region
 *            UNKNOWN   in a region of which no mark is known
 *            MARKED    in a marked region; its run is yet to be grown
 *            GROWN     in a marked region; its run and the rows beside it are done
 *
 * Runs that are found wait on a stack of fixed size. One that finds no room stays MARKED: the elements are
 * gone through again until none is left.
 */

const UNKNOWN: u8 = 1
const MARKED: u8 = 2
const GROWN: u8 = 3

/** The array: axes, their lengths and steps in bytes (u32 and i32), and the first element. */
let ndim: u32 = 0
let lengths: usize = 0
let steps: usize = 0
let origin: usize = 0
/** Elements of a row, and bytes from one to the next. */
let width: u32 = 0
let along: i32 = 0
/**
 * Rows beside a row: for each the difference of addresses, by how many elements their runs reach beyond one
 * beside them, and for each axis but the last the difference of the index.
 */
let neighbours: usize = 0
let neighbourCount: u32 = 0
/** The stack, of (row, element) pairs; and the elements for which it had no room. */
let stack: usize = 0
let stackEnd: usize = 0
let top: usize = 0
let overflowed: bool = false
/** The index of the row in hand, for each axis but the last. */
let index: usize = 0

/** The address of a row; its index along each axis goes to `index`. */
function locate(row: u32): usize {
  let at = origin
  for (let axis = <i32>ndim - 2; axis >= 0; axis--) {
    const length = load<u32>(lengths + (axis << 2))
    const i = row % length
    row /= length
    store<u32>(index + (axis << 2), i)
    at += i * load<i32>(steps + (axis << 2))
  }
  return at
}

function push(row: u32, element: u32): void {
  if (top === stackEnd) {
    overflowed = true
    return
  }
  store<u32>(top, row)
  store<u32>(top, element, 4)
  top += 8
}

function isOpen(at: usize): bool {
  const state = load<u8>(at)
  return state === UNKNOWN || state === MARKED
}

/** Grows the runs on the stack, and those that they reach. */
function growAll(): void {
  while (top !== stack) {
    top -= 8
    grow(load<u32>(top), load<u32>(top, 4))
  }
}

/** Grows the run through an element of a row. */
function grow(row: u32, element: u32): void {
  const begin = locate(row)
  if (!isOpen(begin + element * along)) return
  let first = element
  let last = element
  while (first > 0 && isOpen(begin + (first - 1) * along)) first--
  while (last + 1 < width && isOpen(begin + (last + 1) * along)) last++
  for (let i = first; i <= last; i++) store<u8>(begin + i * along, GROWN)
  const bytes = (ndim + 1) << 2
  for (let k: u32 = 0; k < neighbourCount; k++) {
    const neighbour = neighbours + k * bytes
    const beside = rowBeside(neighbour)
    if (beside < 0) continue
    const reach = load<u32>(neighbour, 4)
    const from = first > reach ? first - reach : 0
    markRuns(begin + load<i32>(neighbour), <u32>beside, from, min(last + reach, width - 1))
  }
}

/** The number of a neighbour row, or −1 when it is outside. */
function rowBeside(neighbour: usize): i64 {
  let row: i64 = 0
  for (let axis: u32 = 0; axis + 1 < ndim; axis++) {
    const length = load<u32>(lengths + (axis << 2))
    const i = load<u32>(index + (axis << 2)) + load<i32>(neighbour + (axis << 2), 8)
    // −1 is a large number here.
    if (i >= length) return -1
    row = row * length + i
  }
  return row
}

/** Marks the first element of each run without a mark between two elements of a row, and puts it on the stack. */
function markRuns(begin: usize, row: u32, from: u32, to: u32): void {
  let inRun = false
  for (let i = from; i <= to; i++) {
    const at = begin + i * along
    const state = load<u8>(at)
    if (state === UNKNOWN && !inRun) {
      store<u8>(at, MARKED)
      push(row, i)
    }
    inRun = state === UNKNOWN || state === MARKED
  }
}

/** Grows all that is marked in a row. */
function growRow(row: u32): void {
  const begin = locate(row)
  let i: u32 = 0
  while (i < width) {
    if (along === 1) {
      const marked = i8x16.splat(MARKED)
      while (i + 16 <= width && !v128.any_true(i8x16.eq(v128.load(begin + i), marked))) i += 16
      if (i >= width) return
    }
    if (load<u8>(begin + i * along) === MARKED) {
      push(row, i)
      growAll()
    }
    i++
  }
}

/** GROWN becomes 1, all else 0. */
function finishRow(row: u32): void {
  const begin = locate(row)
  let i: u32 = 0
  if (along === 1) {
    for (; i + 16 <= width; i += 16) v128.store(begin + i, i8x16.shr_u(v128.load(begin + i), 1))
  }
  for (; i < width; i++) store<u8>(begin + i * along, load<u8>(begin + i * along) >> 1)
}

/**
 * Makes 1 of the elements that are connected with one of 2, itself included, and 0 of all others. The host
 * lends `room`: `axes` lengths, `axes` steps, `axes` words to work in, then `count` neighbours of axes + 1
 * words each (see above), and the stack in the remaining `stackBytes`.
 */
export function growRegions(
  address: usize,
  axes: u32,
  rows: u32,
  room: usize,
  count: u32,
  stackBytes: u32,
): void {
  ndim = axes
  origin = address
  lengths = room
  steps = lengths + (axes << 2)
  index = steps + (axes << 2)
  neighbours = index + (axes << 2)
  neighbourCount = count
  stack = neighbours + count * ((axes + 1) << 2)
  stackEnd = stack + stackBytes
  top = stack
  width = load<u32>(lengths + ((axes - 1) << 2))
  along = load<i32>(steps + ((axes - 1) << 2))
  do {
    overflowed = false
    for (let row: u32 = 0; row < rows; row++) growRow(row)
  } while (overflowed)
  for (let row: u32 = 0; row < rows; row++) finishRow(row)
}
