import { describe, isScalar, type Scalar, toElement } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import type { Operand } from '../heap/heap.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, NDArray } from '../ndarray.ts'
import { contiguousStrides, formatShape, sameShape } from '../shape.ts'
import { remainder } from './arithmetic.ts'
import { assign } from './assign.ts'
import { checkMask } from './compress.ts'
import { copy } from './creation.ts'
import { countTrue, locateMask } from './masks.ts'
import { roomForOffsets } from './offsets.ts'
import { sharesMemory } from './overlap.ts'
import { flattened, take } from './take.ts'
import { Temporaries } from './temporaries.ts'

/**
 * Writes, where a mask is true, the value that stands at the same place of the values repeated over and
 * over, all counted in C order. (Without values nothing is written.)
 * @param mask bool, of a's shape.
 * @param values A value, or an array of any shape, converted as C converts.
 * @throws DTypeError, ShapeError, HeapError, ReleasedError; nothing is written then.
 */
export function putmask(a: NDArray, mask: NDArray, values: Scalar | NDArray): void {
  checkPut(a, mask, values)
  if (!(values instanceof NDArray) || sameShape(values.shape, a.shape)) {
    assign(a, values, mask)
    return
  }
  if (values.size === 0) return
  using temporaries = new Temporaries()
  if (!a.contiguous) {
    putAtTrue(a, mask, values, temporaries)
    return
  }
  // Contiguous, and nothing that the first of two assignments would change for the second.
  const packed = (from: NDArray): NDArray =>
    from.contiguous && !sharesMemory(from, a) ? from : temporaries.add(from.copy())
  putRepeated(a, packed(mask), flattened(packed(values), temporaries), temporaries)
}

/** Of any strides: for each true element its place in C order leads to its value. */
function putAtTrue(a: NDArray, mask: NDArray, values: NDArray, temporaries: Temporaries): void {
  const { heap } = a.lease
  const count = countTrue(mask)
  const places = temporaries.add(allocateArray(heap, [count], 'uint32', false))
  const order = { heap, shape: places.shape, operand: places.operand() }
  locateMask(mask, order, contiguousStrides(mask.shape), 1)
  remainder(places as NDArray, values.size, { out: places })
  const chosen = temporaries.add(take(values, places))
  const source = chosen.dtype === a.dtype ? chosen : temporaries.add(copy(chosen, a.dtype))
  const offsets = roomForOffsets(heap, [count], temporaries)
  locateMask(mask, offsets, a.strides, a.info.bytes)
  const to: Operand = { byteAddress: a.byteAddress, strides: [0], itemBytes: a.info.bytes }
  heap.bind([count], [to, offsets.operand, source.operand()])
  heap.core.exports.scatter(a.info.bytes)
}

/** Of contiguous arrays: a row for each repetition of the values, and one that is cut off. */
function putRepeated(a: NDArray, mask: NDArray, values: NDArray, temporaries: Temporaries): void {
  const length = values.size
  const rows = Math.floor(a.size / length)
  const part = (of: NDArray, shape: number[], from: number): NDArray =>
    temporaries.add(of.view({ shape: Object.freeze(shape), strides: [length, 1], offset: of.offset + from }))
  const done = rows * length
  const rest = a.size - done
  const start = temporaries.add(values.slice([0, rest]))
  assign(part(a, [rows, length], 0), values, part(mask, [rows, length], 0))
  assign(part(a, [1, rest], done), start, part(mask, [1, rest], done))
}

/**
 * Writes the values one after the other, over and over, to the elements where a mask is true, in C order.
 * @param mask bool, of a's shape.
 * @param values A value, or an array of any shape, converted as C converts.
 * @throws ShapeError when there is no value but a place for one; DTypeError, HeapError, ReleasedError,
 * OutOfMemoryError. Nothing is written then.
 */
export function place(a: NDArray, mask: NDArray, values: Scalar | NDArray): void {
  checkPut(a, mask, values)
  if (!(values instanceof NDArray)) {
    assign(a, values, mask)
    return
  }
  const count = countTrue(mask)
  if (count === 0) return
  const length = values.size
  if (length === 0) throw new ShapeError(`there are ${count} elements to place values in, and no value`)
  using temporaries = new Temporaries()
  const { bytes } = a.info
  const fits = values.dtype === a.dtype && !sharesMemory(values, a)
  const source = flattened(fits ? values : temporaries.add(copy(values, a.dtype)), temporaries)
  const offsets = roomForOffsets(a.lease.heap, [count], temporaries)
  locateMask(mask, offsets, a.strides, bytes)
  const rows = Math.floor(count / length)
  const put = (shape: number[], from: number): void => {
    const at: Operand = {
      byteAddress: offsets.operand.byteAddress + from * 4,
      strides: [length, 1],
      itemBytes: 4,
    }
    const to: Operand = { byteAddress: a.byteAddress, strides: [0, 0], itemBytes: bytes }
    a.lease.heap.bind(shape, [to, at, source.operand([0, source.strides[0] as number])])
    a.lease.heap.core.exports.scatter(bytes)
  }
  put([rows, length], 0)
  put([1, count - rows * length], rows * length)
}

function checkPut(a: NDArray, mask: NDArray, values: Scalar | NDArray): void {
  checkMask(mask, a)
  if (!sameShape(mask.shape, a.shape)) {
    throw new ShapeError(`a mask of shape ${formatShape(mask.shape)} for an array of ${formatShape(a.shape)}`)
  }
  if (values instanceof NDArray) {
    values.assertAlive()
    assertSameHeap(a, values)
  } else if (isScalar(values)) toElement(values, a.dtype)
  else throw new DTypeError(`cannot put ${describe(values)}`)
}
