/**
 * The loop of the reductions along axes. An axis is reduced when the output's step along it is 0, else it
 * is kept. However the axes lie, an output is finished before the next one begins: its accumulators are in
 * a tile that stays in the first cache, and the output is written once, in its own dtype.
 *
 * The innermost loop is over what lies closest together. Where that is a reduced axis, a row is folded
 * *along* itself to one output; where it is a kept axis, rows are folded *across*, element by element, to
 * a tile of outputs.
 */
import {
  advance,
  CHUNK,
  Loop,
  pointer,
  pointerAt,
  position,
  row,
  runRow,
  shapeAt,
  simplify,
  strideAt,
  swapAxes,
} from './iterate'

/** Elements of a strip, and of a tile unless the host lends memory for a longer one. */
export const TILE: u32 = 256
/** Tiles for float sums of rows, in lent memory behind the accumulators (see kernels/sum.ts). */
export const TILE_LEVELS: u32 = 10
const ownTile: usize = memory.data(TILE * 8, 16)

/** Outputs that are worked on at once. */
export let tileLength: u32 = TILE
/** Their accumulators, of 8 bytes at most. */
export let tile: usize = ownTile

/**
 * Lends memory for tiles of `length` outputs until the next call; 0 takes it back. Rows that are cut into
 * short tiles come from memory in pieces too short to be fetched ahead: 4,000 columns of float64 take 16 ms
 * for 10 million in tiles of 256.
 */
export function setTile(memory: usize, length: u32): void {
  tile = memory ? memory : ownTile
  tileLength = memory ? length : TILE
}

/** Reduced axes shorter than this are folded across, if a kept axis is longer: a call for so few is dear. */
const SHORT_ALONG: u32 = 32
/** Kept axes shorter than this are folded along, with a step, if a reduced one is longer. */
const SHORT_ACROSS: u32 = 4

/** Rows that a call of `across` has to fold, and the bytes from one to the next. */
export let rows: u32 = 1
export let rowStep: i32 = 0

/** What a reduction does, in loops over `count` elements. */
@unmanaged
export class Fold {
  /** Prepares the accumulators of `count` outputs. */
  begin: Loop
  /** Folds `count` elements of operand 0's row into the one accumulator. */
  along: Loop
  /** Folds `rows` rows of `count` elements into as many accumulators. */
  across: Loop
  /** Writes `count` outputs, from operand 1's row on. */
  finish: Loop
}

/** Operand 0 is the input, 1 the output; others have the output's layout. Not for empty inputs. */
export function run(fold: Fold, operands: u32): void {
  let ndim = simplify(operands)
  if (ndim < 0) return
  if (ndim === 0) ndim = addAxis(operands)
  const inner = <u32>ndim - 1
  chooseInner(inner, operands)
  const kept = keptFirst(inner, operands)
  for (let operand: u32 = 0; operand < operands; operand++) {
    row(operand).pointer = load<u32>(pointerAt(operand))
    row(operand).stride = load<i32>(strideAt(operand, inner))
  }
  memory.fill(position, 0, ndim << 2)
  const isAlong = isReduced(inner)
  do {
    if (isAlong) foldAlong(fold, kept, inner, operands)
    else foldAcross(fold, kept, inner, operands)
  } while (advance(0, kept, operands))
}

/** A single element has an axis of length 1. */
function addAxis(operands: u32): i32 {
  store<u32>(shapeAt(0), 1)
  for (let operand: u32 = 0; operand < operands; operand++) store<i32>(strideAt(operand, 0), 0)
  return 1
}

function isReduced(axis: u32): bool {
  return load<i32>(strideAt(1, axis)) === 0
}

function lengthOf(axis: u32): u32 {
  return load<u32>(shapeAt(axis))
}

/** The innermost axis stays, unless it is so short that another serves better. */
function chooseInner(inner: u32, operands: u32): void {
  const reduced = isReduced(inner)
  const length = lengthOf(inner)
  if (length >= (reduced ? SHORT_ALONG : SHORT_ACROSS)) return
  for (let axis = <i32>inner - 1; axis >= 0; axis--) {
    if (isReduced(axis) === reduced || lengthOf(axis) <= length) continue
    // The others keep their order.
    for (let at: u32 = axis; at < inner; at++) swapAxes(at, at + 1, operands)
    return
  }
}

/** Moves kept axes outside reduced ones, but for the innermost; returns how many there are. */
function keptFirst(inner: u32, operands: u32): u32 {
  let kept: u32 = 0
  for (let axis: u32 = 0; axis < inner; axis++) {
    if (isReduced(axis)) continue
    for (let at = axis; at > kept; at--) swapAxes(at, at - 1, operands)
    kept++
  }
  return kept
}

function foldAlong(fold: Fold, kept: u32, inner: u32, operands: u32): void {
  fold.begin(1)
  do {
    runRow(fold.along, lengthOf(inner), operands)
  } while (advance(kept, inner, operands))
  fold.finish(1)
}

function foldAcross(fold: Fold, kept: u32, inner: u32, operands: u32): void {
  const length = lengthOf(inner)
  const hasRows = kept < inner
  const outer = hasRows ? inner - 1 : inner
  rowStep = hasRows ? load<i32>(strideAt(0, outer)) : 0
  for (let done: u32 = 0; done < length; done += tileLength) {
    const count = min(tileLength, length - done)
    fold.begin(count)
    do {
      foldRows(fold.across, count, hasRows ? lengthOf(outer) : 1)
    } while (advance(kept, outer, operands))
    fold.finish(count)
    for (let operand: u32 = 0; operand < operands; operand++) {
      row(operand).pointer += row(operand).stride * <i32>count
    }
  }
  for (let operand: u32 = 0; operand < operands; operand++) {
    row(operand).pointer -= row(operand).stride * <i32>length
  }
}

/** Cuts the rows into calls, each of a chunk's elements at most. */
function foldRows(across: Loop, count: u32, total: u32): void {
  const first = <u32>pointer(0)
  const most = CHUNK / count
  for (let done: u32 = 0; done < total; done += most) {
    rows = min(most, total - done)
    across(count)
    row(0).pointer += rowStep * <i32>rows
  }
  row(0).pointer = first
}
