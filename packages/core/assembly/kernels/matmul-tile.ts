/**
 * The parts of a matrix product that know the dtype: packing panels, and the product of two of them in
 * registers. S is how elements are stored, W what is computed with: 16 bits for 8-bit integers (their
 * product has lanes, and wrapping loses nothing of the lower half), else the same.
 */
import { DType } from './dtype'

/** Rows of a tile. */
export const TILE_ROWS: u32 = 4
/** Bytes of a tile's row: two vectors. 4 × 2 sums, and what is multiplied, fill the 16 registers of x86. */
export const TILE_BYTES: u32 = 32

/**
 * Packs a panel: for each of `depth` steps, `lanes` elements side by side, filled up with zeros to `width`.
 * Returns the end of the panel.
 */
export type Pack = (
  to: usize,
  from: usize,
  laneStep: i32,
  lanes: u32,
  width: u32,
  depthStep: i32,
  depth: u32,
) => usize

/** Adds the product of two panels to a tile of the output (or writes it there). */
export type Tile = (
  depth: u32,
  a: usize,
  b: usize,
  out: usize,
  rows: u32,
  rowStep: i32,
  columns: u32,
  columnStep: i32,
  add: bool,
) => void

function pack<S, W>(
  to: usize,
  from: usize,
  laneStep: i32,
  lanes: u32,
  width: u32,
  depthStep: i32,
  depth: u32,
): usize {
  if (sizeof<S>() === sizeof<W>() && laneStep === <i32>sizeof<S>() && lanes * sizeof<S>() === TILE_BYTES) {
    for (let k: u32 = 0; k < depth; k++) {
      v128.store(to, v128.load(from))
      v128.store(to, v128.load(from, 16), 16)
      to += TILE_BYTES
      from += depthStep
    }
    return to
  }
  for (let k: u32 = 0; k < depth; k++) {
    let at = from
    let lane: u32 = 0
    for (; lane < lanes; lane++) {
      store<W>(to, <W>load<S>(at))
      to += sizeof<W>()
      at += laneStep
    }
    for (; lane < width; lane++) {
      store<W>(to, 0)
      to += sizeof<W>()
    }
    from += depthStep
  }
  return to
}

/** The sums of a tile, row by row. */
const sums: usize = memory.data(TILE_ROWS * TILE_BYTES, 16)

function tile<S, W>(
  depth: u32,
  a: usize,
  b: usize,
  out: usize,
  rows: u32,
  rowStep: i32,
  columns: u32,
  columnStep: i32,
  add: bool,
): void {
  let c00 = v128.splat<W>(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let c20 = c00
  let c21 = c00
  let c30 = c00
  let c31 = c00
  for (let k: u32 = 0; k < depth; k++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<W>(a)
    c00 = v128.add<W>(c00, v128.mul<W>(a0, b0))
    c01 = v128.add<W>(c01, v128.mul<W>(a0, b1))
    const a1 = v128.load_splat<W>(a, sizeof<W>())
    c10 = v128.add<W>(c10, v128.mul<W>(a1, b0))
    c11 = v128.add<W>(c11, v128.mul<W>(a1, b1))
    const a2 = v128.load_splat<W>(a, 2 * sizeof<W>())
    c20 = v128.add<W>(c20, v128.mul<W>(a2, b0))
    c21 = v128.add<W>(c21, v128.mul<W>(a2, b1))
    const a3 = v128.load_splat<W>(a, 3 * sizeof<W>())
    c30 = v128.add<W>(c30, v128.mul<W>(a3, b0))
    c31 = v128.add<W>(c31, v128.mul<W>(a3, b1))
    a += TILE_ROWS * sizeof<W>()
    b += TILE_BYTES
  }
  v128.store(sums, c00)
  v128.store(sums, c01, 16)
  v128.store(sums, c10, 32)
  v128.store(sums, c11, 48)
  v128.store(sums, c20, 64)
  v128.store(sums, c21, 80)
  v128.store(sums, c30, 96)
  v128.store(sums, c31, 112)
  for (let row: u32 = 0; row < rows; row++) {
    let from = sums + row * TILE_BYTES
    let to = out
    for (let column: u32 = 0; column < columns; column++) {
      const sum = <S>load<W>(from)
      store<S>(to, add ? load<S>(to) + sum : sum)
      from += sizeof<W>()
      to += columnStep
    }
    out += rowStep
  }
}

/** Bytes of an element as it is computed with. */
export function computedBytes(bytes: u32): u32 {
  return max(bytes, 2)
}

export function packOf(bytes: u32): Pack {
  switch (bytes) {
    case 1:
      return (to, from, l, n, w, d, k) => pack<u8, u16>(to, from, l, n, w, d, k)
    case 2:
      return (to, from, l, n, w, d, k) => pack<u16, u16>(to, from, l, n, w, d, k)
    case 4:
      return (to, from, l, n, w, d, k) => pack<u32, u32>(to, from, l, n, w, d, k)
    default:
      return (to, from, l, n, w, d, k) => pack<u64, u64>(to, from, l, n, w, d, k)
  }
}

export function tileOf(dtype: u32): Tile {
  switch (dtype) {
    case DType.FLOAT64:
      return (k, a, b, o, n, r, m, c, add) => tile<f64, f64>(k, a, b, o, n, r, m, c, add)
    case DType.FLOAT32:
      return (k, a, b, o, n, r, m, c, add) => tile<f32, f32>(k, a, b, o, n, r, m, c, add)
    case DType.INT64:
    case DType.UINT64:
      return (k, a, b, o, n, r, m, c, add) => tile<u64, u64>(k, a, b, o, n, r, m, c, add)
    case DType.INT32:
    case DType.UINT32:
      return (k, a, b, o, n, r, m, c, add) => tile<u32, u32>(k, a, b, o, n, r, m, c, add)
    case DType.INT16:
    case DType.UINT16:
      return (k, a, b, o, n, r, m, c, add) => tile<u16, u16>(k, a, b, o, n, r, m, c, add)
    default:
      return (k, a, b, o, n, r, m, c, add) => tile<u8, u16>(k, a, b, o, n, r, m, c, add)
  }
}
