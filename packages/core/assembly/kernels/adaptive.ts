/**
 * OpenCV's adaptive threshold of bytes: each is compared with the mean around it, which is rounded to a byte.
 * Every bit is OpenCV's: so sums are divided as it divides them, and Gaussians added in float32, in its order
 * and with its fused multiplications, which are done in float64 and rounded.
 *
 * Rows are read into a buffer and written from one, so that loops are over whole vectors: every buffer has
 * room for as many elements as fill them.
 */

/** The image, rows and columns with their steps in bytes, and the side of the window. */
let image: usize = 0
let rowStep: i32 = 0
let columnStep: i32 = 0
let height: i32 = 0
let width: i32 = 0
let side: i32 = 0
let radius: i32 = 0
/** Elements of a row rounded up to whole vectors. */
let padded: i32 = 0
/** Bytes of two rows, and the means of one. */
let entering: usize = 0
let leaving: usize = 0
let means: usize = 0
/** Sums of columns (i32), radius + 1 margins before and radius behind; and those of windows, of a row. */
let columns: usize = 0
let sums: usize = 0
/** For weights: `side` rows (f32) that are weighed along themselves, the addresses of those around a row (u32). */
let weighedRows: usize = 0
let around: usize = 0
/** A row between its margins (f64), and the weights (f64) from one end of the window to the other. */
let line: usize = 0
let weights: usize = 0
/** Rows that are weighed already. */
let weighed: i32 = 0

function clamp(i: i32, length: i32): i32 {
  return min(max(i, 0), length - 1)
}

/** Reads row y, or the nearest there is. */
function readRow(y: i32, to: usize): void {
  let from = image + clamp(y, height) * rowStep
  if (columnStep === 1) {
    memory.copy(to, from, width)
    return
  }
  for (let x = 0; x < width; x++) {
    store<u8>(to + x, load<u8>(from))
    from += columnStep
  }
}

function meansOfSums(y: i32): void {
  if (y === 0) {
    memory.fill(columns, 0, (side + padded) << 2)
    memory.fill(leaving, 0, padded)
    for (let k = -radius; k < radius; k++) moveColumns(k)
  } else readRow(y - radius - 1, leaving)
  moveColumns(y + radius)
  repeatEnds()
  sumColumns()
  divideSums()
}

/** Adds row y to the columns, and takes away the one that leaves. */
function moveColumns(y: i32): void {
  readRow(y, entering)
  let at = columns + ((radius + 1) << 2)
  for (let x = 0; x < padded; x += 8) {
    const difference = i16x8.sub(v128.load_ext<u8>(entering + x), v128.load_ext<u8>(leaving + x))
    v128.store(at, i32x4.add(v128.load(at), v128.extend_low<i16>(difference)))
    v128.store(at, i32x4.add(v128.load(at, 16), v128.extend_high<i16>(difference)), 16)
    at += 32
  }
}

function repeatEnds(): void {
  const begin = columns + ((radius + 1) << 2)
  const end = begin + (width << 2)
  const first = load<i32>(begin)
  const last = load<i32>(end - 4)
  for (let at = columns; at < begin; at += 4) store<i32>(at, first)
  for (let at = end; at < end + (radius << 2); at += 4) store<i32>(at, last)
}

/** The window's sums: four at a time, each the one before it and the difference of two columns. */
function sumColumns(): void {
  const zero = i32x4.splat(0)
  let before: i32 = 0
  for (let k = 0; k < side; k++) before += load<i32>(columns + (k << 2))
  let carry = i32x4.splat(before)
  for (let at = columns; at < columns + (padded << 2); at += 16) {
    let sum = i32x4.sub(v128.load(at + (side << 2)), v128.load(at))
    sum = i32x4.add(sum, v128.shuffle<i32>(zero, sum, 0, 4, 5, 6))
    sum = i32x4.add(sum, v128.shuffle<i32>(zero, sum, 0, 1, 4, 5))
    sum = i32x4.add(sum, carry)
    carry = v128.shuffle<i32>(sum, sum, 3, 3, 3, 3)
    v128.store(sums + (at - columns), sum)
  }
}

/** Sums up to this area are divided by integers. */
const SMALL_AREA: i32 = 256
/** Bits of the fixed point that they are divided in. */
const SHIFT: u32 = 23
/** Columns that are divided in float32 at once; what is left over is divided in float64. */
const LANES: i32 = 8

function divideSums(): void {
  const area = side * side
  if (area <= SMALL_AREA) {
    const scale = <f64>(1 << SHIFT) / <f64>area
    const whole = <u32>scale
    const low = scale - <f64>whole < 0.5
    const factor = i32x4.splat(whole + u32(!low))
    const delta = i32x4.splat((area >> 1) + i32(low))
    for (let x = 0; x < padded; x += 4) {
      const product = i32x4.mul(i32x4.add(v128.load(sums + (x << 2)), delta), factor)
      storeFour(means + x, i32x4.shr_u(product, SHIFT))
    }
    return
  }
  const inverse = 1 / <f64>area
  for (let x = 0; x < padded; x += 4) {
    const quotient = f32x4.mul(f32x4.convert_i32x4_s(v128.load(sums + (x << 2))), f32x4.splat(<f32>inverse))
    storeFour(means + x, i32x4.trunc_sat_f32x4_s(f32x4.nearest(quotient)))
  }
  for (let x = width - (width % LANES); x < width; x++) {
    store<u8>(means + x, <u8>nearest<f64>(<f64>load<i32>(sums + (x << 2)) * inverse))
  }
}

/** Stores four integers as bytes, the nearest there are. */
function storeFour(to: usize, lanes: v128): void {
  const halves = i16x8.narrow_i32x4_s(lanes, lanes)
  v128.store32_lane(to, i8x16.narrow_i16x8_u(halves, halves), 0)
}

/** Two lanes of f64, rounded to float32. */
function rounded(lanes: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(lanes))
}

/** Two lanes of each, as four of float32. */
function join(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2)
}

/** sum + values × weight, rounded once more. */
function fused(values: v128, weight: v128, sum: v128): v128 {
  return rounded(f64x2.add(f64x2.mul(values, weight), sum))
}

/** Where the row is that was weighed along itself. */
function weighedRow(y: i32): usize {
  return weighedRows + <usize>(y % side) * <usize>padded * 4
}

/** The sums wait for each other: eight columns at a time keep the processor busy. */
function weighRow(y: i32): void {
  readRow(y, entering)
  for (let x = 0; x < width + 2 * radius; x++) {
    store<f64>(line + (x << 3), <f64>load<u8>(entering + clamp(x - radius, width)))
  }
  const to = weighedRow(y)
  const zero = f64x2.splat(0)
  for (let x = 0; x < padded; x += 8) {
    const at = line + (x << 3)
    let a = zero
    let b = zero
    let c = zero
    let d = zero
    for (let k = 0; k < side << 3; k += 8) {
      const weight = v128.load64_splat(weights + k)
      a = fused(v128.load(at + k), weight, a)
      b = fused(v128.load(at + k, 16), weight, b)
      c = fused(v128.load(at + k, 32), weight, c)
      d = fused(v128.load(at + k, 48), weight, d)
    }
    v128.store(to + (x << 2), join(a, b))
    v128.store(to + (x << 2), join(c, d), 16)
  }
}

function meansOfWeights(y: i32): void {
  for (; weighed <= min(y + radius, height - 1); weighed++) weighRow(weighed)
  for (let k = 0; k <= radius; k++) {
    store<u32>(around + (k << 3), <u32>weighedRow(clamp(y - k, height)))
    store<u32>(around + (k << 3), <u32>weighedRow(clamp(y + k, height)), 4)
  }
  const centre = weights + (radius << 3)
  for (let x = 0; x < padded; x += 8) {
    const at = load<u32>(around) + (x << 2)
    const weight = v128.load64_splat(centre)
    let a = rounded(f64x2.mul(lowPair(v128.load(at)), weight))
    let b = rounded(f64x2.mul(highPair(v128.load(at)), weight))
    let c = rounded(f64x2.mul(lowPair(v128.load(at, 16)), weight))
    let d = rounded(f64x2.mul(highPair(v128.load(at, 16)), weight))
    for (let k = 8; k <= radius << 3; k += 8) {
      const above = load<u32>(around + k) + (x << 2)
      const below = load<u32>(around + k, 4) + (x << 2)
      const factor = v128.load64_splat(centre + k)
      const first = f32x4.add(v128.load(above), v128.load(below))
      const second = f32x4.add(v128.load(above, 16), v128.load(below, 16))
      a = fused(lowPair(first), factor, a)
      b = fused(highPair(first), factor, b)
      c = fused(lowPair(second), factor, c)
      d = fused(highPair(second), factor, d)
    }
    storeFour(means + x, i32x4.trunc_sat_f32x4_s(f32x4.nearest(join(a, b))))
    storeFour(means + x + 4, i32x4.trunc_sat_f32x4_s(f32x4.nearest(join(c, d))))
  }
}

function lowPair(lanes: v128): v128 {
  return f64x2.promote_low_f32x4(lanes)
}

function highPair(lanes: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(lanes, lanes, 1, 1))
}

/** Writes `yes` where the elements of row y and delta are above their means, else `no`. */
function compareRow(y: i32, to: usize, step: i32, delta: i32, yes: u32, no: u32): void {
  readRow(y, entering)
  const deltas = i16x8.splat(<i16>delta)
  for (let x = 0; x < padded; x += 16) {
    const values = v128.load(entering + x)
    const limits = v128.load(means + x)
    const low = i16x8.add(v128.extend_low<u8>(values), deltas)
    const high = i16x8.add(v128.extend_high<u8>(values), deltas)
    const mask = i8x16.narrow_i16x8_s(
      i16x8.gt_s(low, v128.extend_low<u8>(limits)),
      i16x8.gt_s(high, v128.extend_high<u8>(limits)),
    )
    v128.store(means + x, v128.bitselect(i8x16.splat(<i8>yes), i8x16.splat(<i8>no), mask))
  }
  if (step === 1) memory.copy(to, means, width)
  else for (let x = 0; x < width; x++) store<u8>(to + x * step, load<u8>(means + x))
}

/**
 * out = image > mean − delta ? yes : no. Weights, or 0 for a mean. `room`: with P the columns, rounded up to
 * 16, 3 × P bytes; behind them 2 × P + `block` i32; or, for weights, P + `block` f64, `block` × P f32 and
 * `block` + 1 u32.
 */
export function adaptive(
  imageAt: usize,
  imageRow: i32,
  imageColumn: i32,
  out: usize,
  outRow: i32,
  outColumn: i32,
  rows: i32,
  rowLength: i32,
  block: i32,
  weightsAt: usize,
  room: usize,
  delta: i32,
  yes: u32,
  no: u32,
): void {
  image = imageAt
  rowStep = imageRow
  columnStep = imageColumn
  height = rows
  width = rowLength
  side = block
  radius = block >> 1
  padded = (rowLength + 15) & ~15
  entering = room
  leaving = entering + padded
  means = leaving + padded
  columns = means + padded
  sums = columns + ((side + padded) << 2)
  line = columns
  weighedRows = line + ((side + padded) << 3)
  around = weighedRows + <usize>side * <usize>padded * 4
  weights = weightsAt
  weighed = 0
  for (let y = 0; y < height; y++) {
    if (weights) meansOfWeights(y)
    else meansOfSums(y)
    compareRow(y, out + y * outRow, outColumn, delta, yes, no)
  }
}
