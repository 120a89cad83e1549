import { describe, isScalar, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { Operand } from '../heap/heap.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { NDArray } from '../ndarray.ts'
import { broadcastStrides } from '../shape.ts'
import { copy } from './creation.ts'
import { withoutOverlap } from './overlap.ts'

/**
 * Writes a value, or an array broadcast to the target's shape, everywhere or where the mask is true. An
 * array of another dtype is converted as C converts; a value must fit.
 * @throws DTypeError, ShapeError, HeapError, ReleasedError; nothing is written then.
 */
export function assign(target: NDArray, value: Scalar | NDArray, where?: NDArray): void {
  target.assertAlive()
  if (!(value instanceof NDArray) && !isScalar(value))
    throw new DTypeError(`cannot assign ${describe(value)}`)
  const temporaries: NDArray[] = []
  try {
    const mask = where === undefined ? undefined : maskOperand(target, where, temporaries)
    const source = sourceOperand(target, value, mask !== undefined, temporaries)
    const { heap } = target.lease
    const { exports } = heap.core
    const from = value instanceof NDArray && !mask ? value.info.code : target.info.code
    heap.bind(target.shape, mask ? [target.operand(), mask, source] : [target.operand(), source])
    if (mask) exports.put(target.info.code)
    else exports.assign(target.info.code, from)
  } finally {
    for (const temporary of temporaries) temporary.drop(false)
  }
}

function maskOperand(target: NDArray, where: NDArray, temporaries: NDArray[]): Operand {
  if (!(where instanceof NDArray)) throw new DTypeError(`where must be a bool array, not ${describe(where)}`)
  where.assertAlive()
  assertSameHeap(target, where)
  if (where.dtype !== 'bool') throw new DTypeError(`where must be a bool array, not ${where.dtype}`)
  // Checked against the original's shape before anything is copied.
  broadcastStrides(where.shape, where.strides, target.shape)
  const mask = withoutOverlap(target, where, temporaries)
  return mask.operand(broadcastStrides(mask.shape, mask.strides, target.shape))
}

function sourceOperand(
  target: NDArray,
  value: Scalar | NDArray,
  masked: boolean,
  temporaries: NDArray[],
): Operand {
  if (!(value instanceof NDArray)) return target.lease.heap.scalar(2, value, target.info, target.ndim)
  value.assertAlive()
  assertSameHeap(target, value)
  // Checked against the original's shape before anything is copied.
  broadcastStrides(value.shape, value.strides, target.shape)
  let source = withoutOverlap(target, value, temporaries)
  if (masked && source.dtype !== target.dtype) {
    source = copy(source, target.dtype)
    temporaries.push(source)
  }
  return source.operand(broadcastStrides(source.shape, source.strides, target.shape))
}
