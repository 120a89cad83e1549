import type { Operand } from '../heap/heap.ts'
import type { NDArray } from '../ndarray.ts'
import type { Shape } from '../shape.ts'
import { assign } from './assign.ts'
import { roomFor } from './room.ts'

/** A batch of matrices that lie in an array; steps in elements. */
export interface Matrix {
  readonly array: NDArray
  /** Steps along the axes of the batch. */
  readonly batch: readonly number[]
  readonly rows: number
  readonly rowStride: number
  readonly columns: number
  readonly columnStride: number
}

/** out = a × b for each matrix of a batch; all of one dtype, `out` apart from a and b. @throws OutOfMemoryError */
export function multiply(batch: Shape, out: Matrix, a: Matrix, b: Matrix): void {
  if (out.array.size === 0) return
  if (a.columns === 0) assign(out.array, 0)
  else if (isDots(a, b)) multiplyByDots(batch, out, a, b)
  else multiplyByBlocks(batch, out, a, b)
}

/**
 * A vector times a matrix whose lines lie along the vector: inner products, without packing what is read
 * only once.
 */
function isDots(a: Matrix, b: Matrix): boolean {
  if (b.columns === 1) return a.rows === 1 || Math.abs(a.columnStride) <= Math.abs(a.rowStride)
  return a.rows === 1 && Math.abs(b.rowStride) <= Math.abs(b.columnStride)
}

function multiplyByDots(batch: Shape, out: Matrix, a: Matrix, b: Matrix): void {
  const { heap } = out.array.lease
  heap.bind(
    [...batch, out.rows, out.columns],
    [
      out.array.operand([...out.batch, out.rowStride, out.columnStride]),
      a.array.operand([...a.batch, a.rowStride, 0]),
      b.array.operand([...b.batch, 0, b.columnStride]),
    ],
  )
  const { bytes, code } = out.array.info
  heap.core.exports.dot(code, a.columns, a.columnStride * bytes, b.rowStride * bytes)
}

function multiplyByBlocks(batch: Shape, out: Matrix, a: Matrix, b: Matrix): void {
  const { heap } = out.array.lease
  const { exports } = heap.core
  const { bytes, code } = out.array.info
  const room = roomFor(heap, exports.matmulRoom(code, out.rows, out.columns, a.columns) >>> 0)
  try {
    heap.bind(batch, [batchOf(out), batchOf(a), batchOf(b)])
    exports.matmul(
      code,
      out.rows,
      out.columns,
      a.columns,
      out.rowStride * bytes,
      out.columnStride * bytes,
      a.rowStride * bytes,
      a.columnStride * bytes,
      b.rowStride * bytes,
      b.columnStride * bytes,
      room.byteAddress,
    )
  } finally {
    room.drop(false)
  }
}

function batchOf(matrix: Matrix): Operand {
  return matrix.array.operand(matrix.batch)
}
