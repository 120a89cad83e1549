/** Moving elements: copies and conversions, fills, ranges. */
import { compare, Relation } from './compare'
import { select, selectBySize, selectWrapping } from './dispatch'
import { DType } from './dtype'
import { convertFour, hasLanes } from './fours'
import { descriptor, iterate, Loop, pointer, pointerAt, stride, strideAt } from './iterate'

/** out: D = in: S, as C converts; floats saturate at the ends of a 32- or 64-bit integer, and NaN becomes 0. */
@unmanaged
class Convert<S> {
  run<D>(count: u32): void {
    const isPacked = stride(0) === <i32>sizeof<D>() && stride(1) === <i32>sizeof<S>()
    let out = pointer(0)
    let from = pointer(1)
    let i: u32 = 0
    if (hasLanes<S, D>() && isPacked) {
      for (; i + 4 <= count; i += 4) {
        convertFour<S, D>(out, from)
        out += 4 * sizeof<D>()
        from += 4 * sizeof<S>()
      }
    }
    for (; i < count; i++) {
      store<D>(out, <D>load<S>(from))
      out += stride(0)
      from += stride(1)
    }
  }
}

/** Elements as they are, by their size alone. A step of 0 is a fill. */
@unmanaged
class Copy {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    let out = pointer(0)
    let from = pointer(1)
    if (stride(0) === size && stride(1) === 0) {
      fill<T>(out, load<T>(from), count)
    } else if (stride(0) === size && stride(1) === size) {
      memory.copy(out, from, count * sizeof<T>())
    } else {
      for (let i: u32 = 0; i < count; i++) {
        store<T>(out, load<T>(from))
        out += stride(0)
        from += stride(1)
      }
    }
  }
}

function fill<T>(out: usize, value: T, count: u32): void {
  if (sizeof<T>() === 1) {
    memory.fill(out, <u8>value, count)
    return
  }
  const block: u32 = 64 / sizeof<T>()
  const vector = v128.splat<T>(value)
  let i: u32 = 0
  for (; i + block <= count; i += block) {
    v128.store(out, vector)
    v128.store(out, vector, 16)
    v128.store(out, vector, 32)
    v128.store(out, vector, 48)
    out += 64
  }
  for (; i < count; i++) {
    store<T>(out, value)
    out += sizeof<T>()
  }
}

function conversion(to: u32, from: u32): Loop {
  switch (from) {
    case DType.INT8:
      return selectWrapping<Convert<i8>>(to)
    case DType.INT16:
      return selectWrapping<Convert<i16>>(to)
    case DType.UINT16:
      return selectWrapping<Convert<u16>>(to)
    case DType.INT32:
      return selectWrapping<Convert<i32>>(to)
    case DType.UINT32:
      return selectWrapping<Convert<u32>>(to)
    case DType.INT64:
      return selectWrapping<Convert<i64>>(to)
    case DType.UINT64:
      return selectWrapping<Convert<u64>>(to)
    case DType.FLOAT32:
      return select<Convert<f32>>(to)
    case DType.FLOAT64:
      return select<Convert<f64>>(to)
    default:
      return selectWrapping<Convert<u8>>(to)
  }
}

/** Operands: out, in. They do not overlap, or are the same. */
export function assign(to: u32, from: u32): void {
  if (to === DType.BOOL && from !== DType.BOOL) {
    // NaN is true: it does not equal 0.
    bindZero()
    compare(Relation.EQUAL, true, from)
    return
  }
  iterate(isCopy(to, from) ? selectBySize<Copy>(sizeOf(to)) : conversion(to, from), 2)
}

/** Whether elements keep their bits: of one dtype, or integers of one size. */
function isCopy(to: u32, from: u32): bool {
  return sizeOf(to) === sizeOf(from) && to < DType.FLOAT32 === from < DType.FLOAT32
}

/** Makes operand 2 a zero of any dtype. */
function bindZero(): void {
  store<u32>(pointerAt(2), <u32>zero)
  const ndim = load<u32>(descriptor)
  for (let axis: u32 = 0; axis < ndim; axis++) store<i32>(strideAt(2, axis), 0)
}

const zero: usize = memory.data(8, 8)

/** Bytes of an element. */
export function sizeOf(dtype: u32): u32 {
  if (dtype <= DType.UINT8) return 1
  if (dtype <= DType.UINT16) return 2
  return dtype <= DType.UINT32 || dtype === DType.FLOAT32 ? 4 : 8
}

/** Elements written by `range` so far. */
let written: u64 = 0

/** out[i] = start + i × step, in T's own arithmetic, as NumPy's arange fills. */
@unmanaged
class Range {
  run<T>(count: u32): void {
    const start = load<T>(pointer(1))
    const step = load<T>(pointer(2))
    let out = pointer(0)
    for (let i: u32 = 0; i < count; i++) {
      store<T>(out, start + <T>written * step)
      written++
      out += stride(0)
    }
  }
}

/** Operands: out (contiguous), start and step (one element each), of one dtype. */
export function range(dtype: u32): void {
  written = 0
  iterate(select<Range>(dtype), 3)
}
