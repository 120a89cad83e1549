/** Sums: of integers in i64, wrapping; of floats pairwise in f64, so that the error grows with the logarithm. */
import { rowStep, rows, TILE, TILE_LEVELS, tile, tileLength } from './fold'
import { pointer, stride } from './iterate'
import { scratch, strip, stripLength } from './strip'

/** Adds a row of integers to the accumulator. */
@unmanaged
export class IntegerSum {
  run<T>(count: u32): void {
    let sum = load<i64>(tile)
    let from = pointer(0)
    let i: u32 = 0
    if (isInteger<T>() && stride(0) === <i32>sizeof<T>()) {
      const lanes: u32 = 16 / sizeof<T>()
      // Four vectors at a time, and so many of those as the narrow lanes can add up.
      const block: u32 = sizeof<T>() === 1 ? 32 * 4 * lanes : 32768
      while (count - i >= 4 * lanes) {
        const length = min(block, (count - i) & ~(4 * lanes - 1))
        sum += sumVectors<T>(from, length)
        from += length * sizeof<T>()
        i += length
      }
    }
    for (; i < count; i++) {
      sum += <i64>load<T>(from)
      from += stride(0)
    }
    store<i64>(tile, sum)
  }
}

/** The sum of a multiple of four vectors, at most 32,768 elements (4,096 of 1 byte: their lanes have 16 bits). */
function sumVectors<T>(from: usize, count: u32): i64 {
  let a = i64x2.splat(0)
  let b = i64x2.splat(0)
  const end = from + count * sizeof<T>()
  for (; from < end; from += 64) {
    const v0 = v128.load(from)
    const v1 = v128.load(from, 16)
    const v2 = v128.load(from, 32)
    const v3 = v128.load(from, 48)
    if (sizeof<T>() === 8) {
      a = i64x2.add(a, i64x2.add(v0, v1))
      b = i64x2.add(b, i64x2.add(v2, v3))
    } else if (sizeof<T>() === 4) {
      a = i64x2.add(a, i64x2.add(extend<T>(v0), extend<T>(v1)))
      b = i64x2.add(b, i64x2.add(extend<T>(v2), extend<T>(v3)))
    } else if (sizeof<T>() === 2) {
      a = i32x4.add(a, i32x4.add(v128.extadd_pairwise<T>(v0), v128.extadd_pairwise<T>(v1)))
      b = i32x4.add(b, i32x4.add(v128.extadd_pairwise<T>(v2), v128.extadd_pairwise<T>(v3)))
    } else {
      a = i16x8.add(a, i16x8.add(v128.extadd_pairwise<T>(v0), v128.extadd_pairwise<T>(v1)))
      b = i16x8.add(b, i16x8.add(v128.extadd_pairwise<T>(v2), v128.extadd_pairwise<T>(v3)))
    }
  }
  return total<T>(a) + total<T>(b)
}

/** Pairs of 32-bit lanes, added in 64 bits. */
function extend<T>(v: v128): v128 {
  if (isSigned<T>()) return i64x2.add(i64x2.extend_low_i32x4_s(v), i64x2.extend_high_i32x4_s(v))
  else return i64x2.add(v128.and(v, i64x2.splat(0xffffffff)), i64x2.shr_u(v, 32))
}

/** The sum of the lanes that sumVectors<T> adds in. */
function total<T>(sums: v128): i64 {
  let wide = sums
  if (sizeof<T>() === 1) {
    if (isSigned<T>()) wide = i32x4.extadd_pairwise_i16x8_s(wide)
    else wide = i32x4.extadd_pairwise_i16x8_u(wide)
  }
  if (sizeof<T>() < 4) {
    if (isSigned<T>()) wide = extend<i32>(wide)
    else wide = extend<u32>(wide)
  }
  return i64x2.extract_lane(wide, 0) + i64x2.extract_lane(wide, 1)
}

/**
 * Pairwise summation: blocks of BLOCK elements, whose sums are added like the bits of a binary counter
 * (`levels[k]` holds the sum of 2^k blocks, where `blocks` has bit k). Across rows it is the same, with a
 * tile for each number.
 */
/** A strip, too. */
const BLOCK: u32 = TILE
/** Rows whose sum is a block. The last level takes all that is above it: 2^16 rows and more. */
const BLOCK_ROWS: u32 = 128
const levels: usize = memory.data(64 * 8)
let blocks: u32 = 0
let blockRows: u32 = 0

/** Whether elements are replaced by the squares of their distances from operand 2. */
let squares: bool = false

export function setSquares(on: bool): void {
  squares = on
}

/** Bytes of a float that is added as it is; 0 where it is not. */
let direct: i32 = 0

export function setDirect(bytes: i32): void {
  direct = bytes
}

/** Begins `count` float sums. */
export function beginFloatSum(count: u32): void {
  blocks = 0
  blockRows = 0
  memory.fill(tile, 0, count << 3)
}

function addBlock(sum: f64): void {
  let level: usize = 0
  for (let bits = blocks; bits & 1; bits >>= 1) {
    sum += load<f64>(levels + (level << 3))
    level++
  }
  store<f64>(levels + (level << 3), sum)
  blocks++
}

/** Adds a row of floats, in their own dtype and with any step. */
@unmanaged
export class FloatSum {
  run<T>(count: u32): void {
    let from = pointer(0)
    for (let i: u32 = 0; i < count; i += BLOCK) {
      addBlock(sumBlock<T>(from, stride(0), min(BLOCK, count - i)))
      from += stride(0) * BLOCK
    }
  }
}

/** Adds a row of strips. */
export function sumStrips(count: u32): void {
  let from = pointer(0)
  for (let i: u32 = 0; i < count; i += BLOCK) {
    const length = min(BLOCK, count - i)
    const values = strip(from, stride(0), length)
    addBlock(sumBlock<f64>(squares ? square(values, length, pointer(2), 0) : values, 8, length))
    from += stride(0) * BLOCK
  }
}

/** Squares of the distances from operand 2's elements, the first of which is at `center`. */
function square(from: usize, count: u32, center: usize, step: i32): usize {
  let i: u32 = 0
  if (!skips && (step === 0 || step === 8)) {
    for (; i + 2 <= count; i += 2) {
      const centers = step ? v128.load(center) : v128.load64_splat(center)
      const distance = f64x2.sub(v128.load(from + (i << 3)), centers)
      v128.store(scratch + (i << 3), f64x2.mul(distance, distance))
      center += 2 * step
    }
  }
  for (; i < count; i++) {
    const value = load<f64>(from + (i << 3))
    const distance = skips && isNaN<f64>(value) ? 0 : value - load<f64>(center)
    store<f64>(scratch + (i << 3), distance * distance)
    center += step
  }
  return scratch
}

/** Whether NaN adds nothing. */
let skips: bool = false

export function setSkips(on: bool): void {
  skips = on
}

/** Several sums side by side: they neither wait for each other nor lose as much as one would. */
function sumBlock<T>(from: usize, step: i32, count: u32): f64 {
  let i: u32 = 0
  let a = f64x2.splat(0)
  let b = f64x2.splat(0)
  let c = f64x2.splat(0)
  let d = f64x2.splat(0)
  if (isFloat<T>() && step === <i32>sizeof<T>()) {
    for (; i + 8 <= count; i += 8) {
      a = f64x2.add(a, pair<T>(from))
      b = f64x2.add(b, pair<T>(from + 2 * sizeof<T>()))
      c = f64x2.add(c, pair<T>(from + 4 * sizeof<T>()))
      d = f64x2.add(d, pair<T>(from + 6 * sizeof<T>()))
      from += 8 * sizeof<T>()
    }
  } else {
    for (; i + 4 <= count; i += 4) {
      a = f64x2.add(a, f64x2(<f64>load<T>(from), <f64>load<T>(from + step)))
      b = f64x2.add(b, f64x2(<f64>load<T>(from + 2 * step), <f64>load<T>(from + 3 * step)))
      from += 4 * step
    }
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d))
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (; i < count; i++) {
    sum += <f64>load<T>(from)
    from += step
  }
  return sum
}

/** Two floats. */
function pair<T>(from: usize): v128 {
  if (sizeof<T>() === 8) return v128.load(from)
  else return f64x2.promote_low_f32x4(v128.load64_zero(from))
}

/** Adds rows to a tile of float sums: four together, unless a block has no room for as many. */
export function sumFloatsAcross(count: u32): void {
  let from = pointer(0)
  const isDirect = direct !== 0 && stride(0) === direct
  for (let row: u32 = 0; row < rows; ) {
    const isFour = isDirect && min(rows - row, BLOCK_ROWS - blockRows) >= 4
    if (squares) addSquares(from, count)
    else if (!isDirect) addRow<f64>(from, count)
    else if (direct === 4) addFloats<f32>(from, count, isFour)
    else addFloats<f64>(from, count, isFour)
    const added: u32 = isFour ? 4 : 1
    from += rowStep * added
    row += added
    blockRows += added
    if (blockRows === BLOCK_ROWS) addTileBlock(count)
  }
}

/** Adds rows to a tile of integer sums. */
export function sumIntegersAcross(count: u32): void {
  let from = pointer(0)
  for (let row: u32 = 0; row < rows; row++) {
    addRow<i64>(from, count)
    from += rowStep
  }
}

function addRow<W>(from: usize, count: u32): void {
  const step = stride(0)
  for (let i: u32 = 0; i < count; ) {
    const length = stripLength(step, count - i)
    addTile<W>(tile + (i << 3), strip(from, step, length), length)
    from += step * length
    i += length
  }
}

/** As addRow, without a strip in between; four rows are added up before they come to the tile. */
function addFloats<T>(from: usize, count: u32, isFour: bool): void {
  const second = from + rowStep
  const third = second + rowStep
  const fourth = third + rowStep
  let i: u32 = 0
  for (; i + 2 <= count; i += 2) {
    const at = i * sizeof<T>()
    let sum = pair<T>(from + at)
    if (isFour) {
      sum = f64x2.add(
        f64x2.add(sum, pair<T>(second + at)),
        f64x2.add(pair<T>(third + at), pair<T>(fourth + at)),
      )
    }
    v128.store(tile + (i << 3), f64x2.add(v128.load(tile + (i << 3)), sum))
  }
  if (i === count) return
  const at = i * sizeof<T>()
  let sum = <f64>load<T>(from + at)
  if (isFour) sum += <f64>load<T>(second + at) + (<f64>load<T>(third + at) + <f64>load<T>(fourth + at))
  store<f64>(tile + (i << 3), load<f64>(tile + (i << 3)) + sum)
}

function addSquares(from: usize, count: u32): void {
  const step = stride(0)
  for (let i: u32 = 0; i < count; i += TILE) {
    const length = min(TILE, count - i)
    const values = strip(from, step, length)
    addTile<f64>(tile + (i << 3), square(values, length, pointer(2) + i * stride(2), stride(2)), length)
    from += step * length
  }
}

/** to += from, W being f64 or i64. */
function addTile<W>(to: usize, from: usize, count: u32): void {
  let i: u32 = 0
  for (; i + 4 <= count; i += 4) {
    const at = i << 3
    v128.store(to + at, v128.add<W>(v128.load(to + at), v128.load(from + at)))
    v128.store(to + at, v128.add<W>(v128.load(to + at, 16), v128.load(from + at, 16)), 16)
  }
  for (; i < count; i++) store<W>(to + (i << 3), load<W>(to + (i << 3)) + load<W>(from + (i << 3)))
}

function tileAt(level: u32): usize {
  return tile + (level + 1) * (tileLength << 3)
}

/** The tile's sums are a block; the next begins at 0. */
function addTileBlock(count: u32): void {
  let level: u32 = 0
  for (let bits = blocks; bits & 1 && level < TILE_LEVELS - 1; bits >>= 1) {
    addTile<f64>(tile, tileAt(level), count)
    level++
  }
  // Only the last level may hold a sum already.
  if (level === TILE_LEVELS - 1 && blocks >> level) addTile<f64>(tileAt(level), tile, count)
  else memory.copy(tileAt(level), tile, count << 3)
  memory.fill(tile, 0, count << 3)
  blocks++
  blockRows = 0
}

/** Ends `count` float sums across rows: adds up the levels, the small ones first. */
export function endAcross(count: u32): void {
  for (let level: u32 = 0; level < TILE_LEVELS; level++) {
    const isHeld = level === TILE_LEVELS - 1 ? blocks >> level : (blocks >> level) & 1
    if (isHeld) addTile<f64>(tile, tileAt(level), count)
  }
}

/** Ends one float sum along rows. */
export function endAlong(): void {
  let sum: f64 = 0
  for (let level: usize = 0, bits = blocks; bits; level++, bits >>= 1) {
    if (bits & 1) sum += load<f64>(levels + (level << 3))
  }
  store<f64>(tile, sum)
}
