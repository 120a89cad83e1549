/**
 * Matrix products: out = a × b. Both are cut into blocks that fit the caches and copied into panels, in
 * which a tile of the output finds everything one behind the other, whatever the strides were. A sum runs
 * over DEPTH products before it is added to those of the blocks before it, so that the error of a long one
 * grows with the number of blocks. Tiles and panels are reached by indirect calls: an engine replaces its
 * first code for them in the midst of a large product.
 */
import { sizeOf } from './assign'
import { iterate, pointer, stride } from './iterate'
import { computedBytes, Pack, packOf, TILE_BYTES, TILE_ROWS, Tile, tileOf } from './matmul-tile'

/** Products of a block's sums. A panel of b, 8 KiB of float64, stays in the first-level cache. */
const DEPTH: u32 = 256
/** Rows of a block of a: 128 KiB of float64, in the second-level cache. */
const ROWS: u32 = 64
/** Columns of a block of b: 2 MiB of float64, in the third-level cache. */
const COLUMNS: u32 = 1024

/** The matrices: m × k times k × n. */
let m: u32 = 0
let n: u32 = 0
let k: u32 = 0
/** Bytes from row to row and from column to column. */
let outRow: i32 = 0
let outColumn: i32 = 0
let aRow: i32 = 0
let aColumn: i32 = 0
let bRow: i32 = 0
let bColumn: i32 = 0
/** Bytes of an element as it is computed with, and columns of a tile. */
let bytes: u32 = 0
let tileColumns: u32 = 0
let pack: Pack = packOf(8)
let tile: Tile = tileOf(0)
/** Where the block of a is packed, and that of b. */
let packedA: usize = 0
let packedB: usize = 0

function roundUp(value: u32, unit: u32): u32 {
  return ((value + unit - 1) / unit) * unit
}

function bytesOfA(rows: u32, depth: u32): u32 {
  return roundUp(min(rows, ROWS), TILE_ROWS) * min(depth, DEPTH) * bytes
}

/** Bytes of room that `matmul` needs for m × k times k × n elements of a dtype. */
export function matmulRoom(dtype: u32, rows: u32, columns: u32, depth: u32): u32 {
  bytes = computedBytes(sizeOf(dtype))
  return bytesOfA(rows, depth) + roundUp(min(columns, COLUMNS) * bytes, TILE_BYTES) * min(depth, DEPTH)
}

/** Packs a block, panel by panel, along its lanes. */
function packBlock(
  to: usize,
  from: usize,
  step: i32,
  lanes: u32,
  width: u32,
  depthStep: i32,
  depth: u32,
): void {
  for (let lane: u32 = 0; lane < lanes; lane += width) {
    to = pack(to, from + lane * step, step, min(width, lanes - lane), width, depthStep, depth)
  }
}

/** The product of the packed blocks. */
function multiplyBlocks(out: usize, rows: u32, columns: u32, depth: u32, add: bool): void {
  let b = packedB
  for (let column: u32 = 0; column < columns; column += tileColumns) {
    let a = packedA
    const width = min(tileColumns, columns - column)
    for (let row: u32 = 0; row < rows; row += TILE_ROWS) {
      const to = out + row * outRow + column * outColumn
      tile(depth, a, b, to, min(TILE_ROWS, rows - row), outRow, width, outColumn, add)
      a += depth * TILE_ROWS * bytes
    }
    b += depth * TILE_BYTES
  }
}

function multiply(out: usize, a: usize, b: usize): void {
  for (let column: u32 = 0; column < n; column += COLUMNS) {
    const columns = min(COLUMNS, n - column)
    for (let at: u32 = 0; at < k; at += DEPTH) {
      const depth = min(DEPTH, k - at)
      packBlock(packedB, b + at * bRow + column * bColumn, bColumn, columns, tileColumns, bRow, depth)
      for (let row: u32 = 0; row < m; row += ROWS) {
        const rows = min(ROWS, m - row)
        packBlock(packedA, a + row * aRow + at * aColumn, aRow, rows, TILE_ROWS, aColumn, depth)
        multiplyBlocks(out + row * outRow + column * outColumn, rows, columns, depth, at > 0)
      }
    }
  }
}

/**
 * Operands: out, a, b, of one dtype, over the axes of a batch: where matrices begin. k > 0; `out` overlaps
 * neither a nor b; `room` has the bytes that `matmulRoom` says. Steps are in bytes.
 */
export function matmul(
  dtype: u32,
  rows: u32,
  columns: u32,
  depth: u32,
  stepsOutRow: i32,
  stepsOutColumn: i32,
  stepsARow: i32,
  stepsAColumn: i32,
  stepsBRow: i32,
  stepsBColumn: i32,
  room: usize,
): void {
  m = rows
  n = columns
  k = depth
  outRow = stepsOutRow
  outColumn = stepsOutColumn
  aRow = stepsARow
  aColumn = stepsAColumn
  bRow = stepsBRow
  bColumn = stepsBColumn
  bytes = computedBytes(sizeOf(dtype))
  tileColumns = TILE_BYTES / bytes
  pack = packOf(sizeOf(dtype))
  tile = tileOf(dtype)
  packedA = room
  packedB = room + bytesOfA(rows, depth)
  iterate(count => {
    for (let i: u32 = 0; i < count; i++) {
      multiply(pointer(0) + i * stride(0), pointer(1) + i * stride(1), pointer(2) + i * stride(2))
    }
  }, 3)
}
