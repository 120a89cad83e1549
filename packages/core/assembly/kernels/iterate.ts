/**
 * The one loop over n dimensions. The host writes shapes, pointers and strides into the descriptor; a
 * kernel is a loop over one row, and never sees a shape.
 *
 * Before the loop, dimensions of length 1 are dropped, the rest are ordered so that operand 0 moves by
 * the smallest step innermost, and neighbours are merged when every operand's strides allow it: what is
 * contiguous becomes a single row. Rows are cut into chunks, since an engine replaces a function's first,
 * quickly compiled code only between two calls of it.
 */

/** Most dimensions of an array; the same as NumPy's. */
export const MAX_DIMS: u32 = 64
/** Most operands of a kernel, the output among them. */
export const MAX_OPERANDS: u32 = 5
/** Bytes of a row that one call of a kernel gets, well inside the L2 cache: 32,768 elements of float64. */
const CHUNK_BYTES: u32 = 262144
/** Elements that a call gets however large they are. */
export const CHUNK: u32 = CHUNK_BYTES / 8

/** A row of one operand. */
@unmanaged
export class Row {
  pointer: u32
  /** Bytes from one element to the next; 0 repeats one element. */
  stride: i32
}

/** A kernel's loop: `count` elements of every operand, rows[0] being the output. */
export type Loop = (count: u32) => void

/** What the host writes: ndim, shape[MAX_DIMS], then for each operand a pointer and MAX_DIMS strides. */
const SHAPE: u32 = 4
const OPERANDS: u32 = SHAPE + MAX_DIMS * 4
const OPERAND_BYTES: u32 = 4 + MAX_DIMS * 4
export const descriptor: usize = memory.data(OPERANDS + MAX_OPERANDS * OPERAND_BYTES, 8)

const rows: usize = memory.data(MAX_OPERANDS * offsetof<Row>())
export const position: usize = memory.data(MAX_DIMS * 4)
/** Where the rows began that are being cut into chunks. */
const starts: usize = memory.data(MAX_OPERANDS * 4)

export function row(operand: u32): Row {
  return changetype<Row>(rows + operand * offsetof<Row>())
}

/** Where an operand's row begins. */
export function pointer(operand: u32): usize {
  return row(operand).pointer
}

/** An operand's step in bytes along the row. */
export function stride(operand: u32): i32 {
  return row(operand).stride
}

/** Lets another row stand for an operand's, until the kernel gives it back. */
export function setRow(operand: u32, pointer: usize, stride: i32): void {
  row(operand).pointer = <u32>pointer
  row(operand).stride = stride
}

export function shapeAt(axis: u32): usize {
  return descriptor + SHAPE + (axis << 2)
}

export function pointerAt(operand: u32): usize {
  return descriptor + OPERANDS + operand * OPERAND_BYTES
}

export function strideAt(operand: u32, axis: u32): usize {
  return pointerAt(operand) + 4 + (axis << 2)
}

/** Runs a kernel over the first `operands` operands of the descriptor. */
export function iterate(loop: Loop, operands: u32): void {
  const ndim = simplify(operands)
  if (ndim < 0) return
  for (let operand: u32 = 0; operand < operands; operand++) {
    row(operand).pointer = load<u32>(pointerAt(operand))
    row(operand).stride = ndim ? load<i32>(strideAt(operand, ndim - 1)) : 0
  }
  const length = ndim ? load<u32>(shapeAt(ndim - 1)) : 1
  if (ndim <= 1) {
    runRow(loop, length, operands)
    return
  }
  const inner: u32 = ndim - 1
  memory.fill(position, 0, inner << 2)
  do {
    runRow(loop, length, operands)
  } while (advance(0, inner, operands))
}

/**
 * Moves the rows to the next position of the axes from `first` to before `last`. False behind the last
 * position, when the rows are back at the first.
 */
export function advance(first: u32, last: u32, operands: u32): bool {
  for (let axis = <i32>last - 1; axis >= <i32>first; axis--) {
    const at = position + (axis << 2)
    const next = load<u32>(at) + 1
    const length = load<u32>(shapeAt(axis))
    const wraps = next === length
    store<u32>(at, wraps ? 0 : next)
    for (let operand: u32 = 0; operand < operands; operand++) {
      const step = load<i32>(strideAt(operand, axis))
      row(operand).pointer += wraps ? -step * <i32>(length - 1) : step
    }
    if (!wraps) return true
  }
  return false
}

export function runRow(loop: Loop, length: u32, operands: u32): void {
  if (length <= CHUNK) {
    loop(length)
    return
  }
  const chunk = CHUNK_BYTES / min(max(abs(stride(0)), 1), 8)
  for (let operand: u32 = 0; operand < operands; operand++)
    store<u32>(starts + (operand << 2), row(operand).pointer)
  for (let done: u32 = 0; done < length; done += chunk) {
    loop(min(chunk, length - done))
    for (let operand: u32 = 0; operand < operands; operand++) {
      row(operand).pointer += <u32>(row(operand).stride * <i32>chunk)
    }
  }
  for (let operand: u32 = 0; operand < operands; operand++) {
    row(operand).pointer = load<u32>(starts + (operand << 2))
  }
}

/** Simplifies the descriptor in place. Returns the dimensions that are left, or −1 if there is no element. */
export function simplify(operands: u32): i32 {
  const ndim = load<u32>(descriptor)
  let kept: u32 = 0
  for (let axis: u32 = 0; axis < ndim; axis++) {
    const length = load<u32>(shapeAt(axis))
    if (length === 0) return -1
    if (length === 1) continue
    moveAxis(axis, kept, operands)
    if (load<i32>(strideAt(0, kept)) < 0) reverseAxis(kept, operands)
    sink(kept, operands)
    kept++
  }
  return merge(kept, operands)
}

function moveAxis(from: u32, to: u32, operands: u32): void {
  if (from === to) return
  store<u32>(shapeAt(to), load<u32>(shapeAt(from)))
  for (let operand: u32 = 0; operand < operands; operand++) {
    store<i32>(strideAt(operand, to), load<i32>(strideAt(operand, from)))
  }
}

/** Walks an axis from its other end. */
function reverseAxis(axis: u32, operands: u32): void {
  const last = <i32>(load<u32>(shapeAt(axis)) - 1)
  for (let operand: u32 = 0; operand < operands; operand++) {
    const step = load<i32>(strideAt(operand, axis))
    store<u32>(pointerAt(operand), load<u32>(pointerAt(operand)) + <u32>(step * last))
    store<i32>(strideAt(operand, axis), -step)
  }
}

/** Insertion sort: moves the axis outward past those whose steps are smaller. */
function sink(axis: u32, operands: u32): void {
  while (axis > 0 && isOuter(axis, axis - 1, operands)) {
    swapAxes(axis, axis - 1, operands)
    axis--
  }
}

/** Whether axis `a` has larger steps than `b`, by the first operand that tells them apart. */
function isOuter(a: u32, b: u32, operands: u32): bool {
  for (let operand: u32 = 0; operand < operands; operand++) {
    const stepA = abs(load<i32>(strideAt(operand, a)))
    const stepB = abs(load<i32>(strideAt(operand, b)))
    // A repeated element (step 0) says nothing about the order.
    if (stepA !== stepB && stepA !== 0 && stepB !== 0) return stepA > stepB
  }
  return false
}

export function swapAxes(a: u32, b: u32, operands: u32): void {
  swap(shapeAt(a), shapeAt(b))
  for (let operand: u32 = 0; operand < operands; operand++) swap(strideAt(operand, a), strideAt(operand, b))
}

function swap(a: usize, b: usize): void {
  const word = load<u32>(a)
  store<u32>(a, load<u32>(b))
  store<u32>(b, word)
}

/** Merges an axis into the one outside it when for every operand `outer step == inner step × length`. */
function merge(ndim: u32, operands: u32): i32 {
  if (ndim === 0) return 0
  let last: u32 = 0
  for (let axis: u32 = 1; axis < ndim; axis++) {
    if (mergeable(last, axis, operands)) {
      store<u32>(shapeAt(last), load<u32>(shapeAt(last)) * load<u32>(shapeAt(axis)))
      for (let operand: u32 = 0; operand < operands; operand++) {
        store<i32>(strideAt(operand, last), load<i32>(strideAt(operand, axis)))
      }
    } else {
      moveAxis(axis, ++last, operands)
    }
  }
  return <i32>last + 1
}

function mergeable(outer: u32, inner: u32, operands: u32): bool {
  const length = <i32>load<u32>(shapeAt(inner))
  for (let operand: u32 = 0; operand < operands; operand++) {
    if (load<i32>(strideAt(operand, outer)) !== load<i32>(strideAt(operand, inner)) * length) return false
  }
  return true
}
