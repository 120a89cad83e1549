/**
 * Windows along an axis of contiguous f64. A block is `length` rows of `inner` elements, the window running
 * from row to row: it is copied with a margin at both ends, and filtered from there back to its place, where
 * rows are so many vectors side by side.
 */

/** What lies behind an array's ends (scipy's names). */
export namespace Border {
  /** c b a | a b c | c b a */
  export const REFLECT: u32 = 0
  /** c b | a b c | b a */
  export const MIRROR: u32 = 1
  /** a a | a b c | c c */
  export const NEAREST: u32 = 2
  /** b c | a b c | a b */
  export const WRAP: u32 = 3
  /** A value. */
  export const CONSTANT: u32 = 4
}

/** The index in an axis from which position `i` is taken; −1 for the constant. */
export function sourceOf(i: i32, length: i32, border: u32): i32 {
  if (i >= 0 && i < length) return i
  if (border === Border.CONSTANT) return -1
  if (border === Border.NEAREST) return i < 0 ? 0 : length - 1
  if (border === Border.WRAP) return modulo(i, length)
  if (length === 1) return 0
  const once = i32(border === Border.MIRROR)
  const at = modulo(i, 2 * (length - once))
  return at < length ? at : 2 * length - 1 - once - at
}

function modulo(i: i32, n: i32): i32 {
  const rest = i % n
  return rest < 0 ? rest + n : rest
}

/** Elements that one call of a loop gets: an engine replaces its first code between two calls only. */
const CHUNK: u32 = 16384

/** Where blocks are extended, and what lies behind their ends. */
let extended: usize = 0
let border: u32 = 0
let outside: f64 = 0
/** Whether a sum begins one row before the first, as differences of running totals do; it is not divided. */
let leads: bool = false
/** Whether results are rounded to float32. */
let narrow: bool = false

/** The block in hand: bytes of a row, and of the window. */
let rowBytes: u32 = 0
let tapBytes: u32 = 0
let radius: u32 = 0
let weights: usize = 0

export function setLines(room: usize, borderMode: u32, constant: f64, moments: bool, toFloat32: bool): void {
  extended = room
  border = borderMode
  outside = constant
  leads = moments
  narrow = toFloat32
}

/** Filters `length` rows of `inner` elements in place; see `windows` for taps and weights. */
export function filterBlock(block: usize, length: u32, inner: u32, taps: u32, weightsAt: usize): void {
  rowBytes = inner << 3
  tapBytes = rowBytes * taps
  radius = taps >> 1
  weights = weightsAt
  extend(block, length)
  const bytes = rowBytes * length
  let from: u32 = 0
  if (!weights) {
    beginSum(block, taps)
    from = rowBytes
  }
  for (; from < bytes; from += CHUNK << 3) {
    const count = min(CHUNK, (bytes - from) >> 3)
    if (weights) weigh(block + from, from, count)
    else if (inner === 1) sumAlong(block + from, from, count)
    else sumAcross(block + from, from, count)
  }
  settle(block, length * inner, weights ? 0 : taps)
}

/** Copies the block behind radius + 1 rows of margin, and before as many but one. */
function extend(block: usize, length: u32): void {
  const front = radius + 1
  memory.copy(extended + front * rowBytes, block, length * rowBytes)
  for (let i: u32 = 0; i < front; i++) marginRow(i, block, <i32>i - <i32>front, length)
  for (let i: u32 = 0; i < radius; i++) marginRow(front + length + i, block, length + i, length)
}

function marginRow(row: u32, block: usize, position: i32, length: u32): void {
  const to = extended + row * rowBytes
  const source = sourceOf(position, length, border)
  if (source >= 0) memory.copy(to, block + source * rowBytes, rowBytes)
  else for (let at: usize = 0; at < rowBytes; at += 8) store<f64>(to + at, outside)
}

/** The first row of running sums. */
function beginSum(block: usize, taps: u32): void {
  const first = extended + (leads ? 0 : rowBytes)
  for (let at: usize = 0; at < rowBytes; at += 8) {
    let sum: f64 = 0
    for (let tap: u32 = 0; tap < taps; tap++) sum += load<f64>(first + tap * rowBytes + at)
    if (leads) sum += load<f64>(extended + tapBytes + at) - load<f64>(extended + at)
    store<f64>(block + at, sum)
  }
}

/** The following ones, of rows of one element: row i adds extended row i + taps and loses row i. */
function sumAlong(to: usize, from: u32, count: u32): void {
  let sum = load<f64>(to - 8)
  const left = extended + from
  for (let i: u32 = 0; i < count; i++) {
    const at = (<usize>i) << 3
    sum += load<f64>(left + tapBytes + at) - load<f64>(left + at)
    store<f64>(to + at, sum)
  }
}

/** Of longer rows. */
function sumAcross(to: usize, from: u32, count: u32): void {
  const left = extended + from
  const entering = left + tapBytes
  const before = to - rowBytes
  let i: u32 = 0
  for (; i + 2 <= count; i += 2) {
    const at = (<usize>i) << 3
    const difference = f64x2.sub(v128.load(entering + at), v128.load(left + at))
    v128.store(to + at, f64x2.add(v128.load(before + at), difference))
  }
  if (i < count) {
    const at = (<usize>i) << 3
    store<f64>(to + at, load<f64>(before + at) + (load<f64>(entering + at) - load<f64>(left + at)))
  }
}

/** Weighted sums: the centre, then pairs from the outermost. */
function weigh(to: usize, from: u32, count: u32): void {
  const centre = extended + from + (radius + 1) * rowBytes
  const outermost = radius * rowBytes
  let i: u32 = 0
  for (; i + 4 <= count; i += 4) {
    const at = centre + ((<usize>i) << 3)
    const first = f64x2.splat(load<f64>(weights))
    let a = f64x2.mul(v128.load(at), first)
    let b = f64x2.mul(v128.load(at, 16), first)
    let tap = weights + ((<usize>radius) << 3)
    for (let reach = outermost; reach > 0; reach -= rowBytes) {
      const weight = f64x2.splat(load<f64>(tap))
      a = f64x2.add(a, f64x2.mul(f64x2.add(v128.load(at - reach), v128.load(at + reach)), weight))
      b = f64x2.add(b, f64x2.mul(f64x2.add(v128.load(at - reach, 16), v128.load(at + reach, 16)), weight))
      tap -= 8
    }
    v128.store(to + ((<usize>i) << 3), a)
    v128.store(to + ((<usize>i) << 3), b, 16)
  }
  for (; i < count; i++) {
    const at = centre + ((<usize>i) << 3)
    let sum = load<f64>(at) * load<f64>(weights)
    let tap = weights + ((<usize>radius) << 3)
    for (let reach = outermost; reach > 0; reach -= rowBytes) {
      sum += (load<f64>(at - reach) + load<f64>(at + reach)) * load<f64>(tap)
      tap -= 8
    }
    store<f64>(to + ((<usize>i) << 3), sum)
  }
}

/** Divides sums by their taps (0: not, as those that lead), and rounds to float32 where that is stored. */
export function settle(block: usize, count: u32, taps: u32): void {
  if (leads) return
  const divisor = f64x2.splat(<f64>max(taps, 1))
  for (let i: u32 = 0; i < count; i += 2) {
    const at = block + ((<usize>i) << 3)
    let pair = i + 2 <= count ? v128.load(at) : v128.load64_zero(at)
    if (taps > 1) pair = f64x2.div(pair, divisor)
    if (narrow) pair = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(pair))
    if (i + 2 <= count) v128.store(at, pair)
    else v128.store64_lane(at, pair, 0)
  }
}
