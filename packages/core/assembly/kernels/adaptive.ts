/**
 * OpenCV's adaptive threshold of bytes: each is compared with the mean around it, which is rounded to a byte.
 * Every bit is OpenCV's: so sums are divided as it divides them, and Gaussians added in float32, in its order
 * and with its fused multiplications, which are done in float64 and rounded.
 */

/** The image, rows and columns with their steps in bytes, and the side of the window. */
let image: usize = 0
let rowStep: i32 = 0
let columnStep: i32 = 0
let height: i32 = 0
let width: i32 = 0
let side: i32 = 0
let radius: i32 = 0
/** The means of a row, in bytes. */
let means: usize = 0
/** Sums of the window's columns (i32), or rows that are weighed along themselves (f64), one for each of the window's. */
let columns: usize = 0
/** A row between its margins (f64), and the weights (f64) from one end of the window to the other. */
let line: usize = 0
let weights: usize = 0
/** Rows that are weighed already. */
let weighed: i32 = 0

function clamp(i: i32, length: i32): i32 {
  return min(max(i, 0), length - 1)
}

function addRow(y: i32, sign: i32): void {
  let from = image + clamp(y, height) * rowStep
  for (let at = columns; at < columns + (width << 2); at += 4) {
    store<i32>(at, load<i32>(at) + sign * <i32>load<u8>(from))
    from += columnStep
  }
}

function columnSum(x: i32): i32 {
  return load<i32>(columns + (clamp(x, width) << 2))
}

/** Sums up to this area are divided by integers. */
const SMALL_AREA: i32 = 256
/** Bits of the fixed point that they are divided in. */
const SHIFT: u32 = 23
/** Columns that are divided in float32 at once; what is left over is divided in float64. */
const LANES: i32 = 8

function meansOfSums(y: i32): void {
  if (y === 0) {
    memory.fill(columns, 0, width << 2)
    for (let k = -radius; k <= radius; k++) addRow(k, 1)
  } else {
    addRow(y + radius, 1)
    addRow(y - radius - 1, -1)
  }
  const area = side * side
  const scale = <f64>(1 << SHIFT) / <f64>area
  const whole = <u32>scale
  const low = scale - <f64>whole < 0.5
  const factor = whole + u32(!low)
  const delta = <u32>(area >> 1) + u32(low)
  const inverse = 1 / <f64>area
  const inLanes = width - (width % LANES)
  let sum: i32 = 0
  for (let x = -radius; x <= radius; x++) sum += columnSum(x)
  for (let x = 0; x < width; x++) {
    let mean: u32
    if (area <= SMALL_AREA) mean = ((<u32>sum + delta) * factor) >> SHIFT
    else if (x < inLanes) mean = <u32>nearest<f32>(<f32>sum * <f32>inverse)
    else mean = <u32>nearest<f64>(<f64>sum * inverse)
    store<u8>(means + x, <u8>mean)
    sum += columnSum(x + radius + 1) - columnSum(x - radius)
  }
}

/** Two lanes of f64, rounded to float32. */
function rounded(lanes: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(lanes))
}

/** Where the row is that was weighed along itself. Rows have room for one element more, to be whole vectors. */
function weighedRow(y: i32): usize {
  return columns + <usize>(y % side) * <usize>(width + 1) * 8
}

function weighRow(y: i32): void {
  const from = image + y * rowStep
  for (let x = 0; x < width + 2 * radius + 1; x++) {
    store<f64>(line + (x << 3), <f64>load<u8>(from + clamp(x - radius, width) * columnStep))
  }
  const to = weighedRow(y)
  for (let x = 0; x < width; x += 2) {
    const at = line + (x << 3)
    let sum = rounded(f64x2.mul(v128.load(at), v128.load64_splat(weights)))
    for (let k = 8; k < side << 3; k += 8) {
      sum = rounded(f64x2.add(f64x2.mul(v128.load(at + k), v128.load64_splat(weights + k)), sum))
    }
    v128.store(to + (x << 3), sum)
  }
}

function meansOfWeights(y: i32): void {
  for (; weighed <= min(y + radius, height - 1); weighed++) weighRow(weighed)
  const centre = weights + (radius << 3)
  for (let x = 0; x < width; x += 2) {
    let sum = rounded(f64x2.mul(v128.load(weighedRow(y) + (x << 3)), v128.load64_splat(centre)))
    for (let k = 1; k <= radius; k++) {
      const above = v128.load(weighedRow(clamp(y - k, height)) + (x << 3))
      const below = v128.load(weighedRow(clamp(y + k, height)) + (x << 3))
      const pair = rounded(f64x2.add(above, below))
      sum = rounded(f64x2.add(f64x2.mul(pair, v128.load64_splat(centre + (k << 3))), sum))
    }
    const bytes = i32x4.trunc_sat_f64x2_u_zero(f64x2.nearest(sum))
    store<u8>(means + x, <u8>min(i32x4.extract_lane(bytes, 0), 255))
    store<u8>(means + x + 1, <u8>min(i32x4.extract_lane(bytes, 1), 255))
  }
}

/**
 * out = image > mean − delta ? yes : no. Weights, or 0 for a mean. `room` is `width` + 2 bytes, rounded up to
 * 8, then `width` i32; or, for weights, `block` rows of `width` + 1 f64, and one longer by `block`.
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
  weights = weightsAt
  weighed = 0
  means = room
  columns = room + ((<usize>width + 9) & ~7)
  line = columns + <usize>side * <usize>(width + 1) * 8
  for (let y = 0; y < height; y++) {
    if (weights) meansOfWeights(y)
    else meansOfSums(y)
    compareRow(image + y * rowStep, out + y * outRow, outColumn, delta, yes, no)
  }
}

function compareRow(from: usize, to: usize, step: i32, delta: i32, yes: u32, no: u32): void {
  for (let x = 0; x < width; x++) {
    const above = <i32>load<u8>(from + x * columnStep) + delta > <i32>load<u8>(means + x)
    store<u8>(to + x * step, <u8>(above ? yes : no))
  }
}
