/** Moving elements: copies and conversions, fills, ranges. */
import { select, selectBySize } from './dispatch'
import { DType } from './dtype'
import { iterate, Loop, pointer, stride } from './iterate'

/**
 * out: D = in: S, as C converts; floats saturate at the ends of a 32- or 64-bit integer, and NaN becomes 0.
 * Equal types are a copy, a step of 0 is a fill.
 */
@unmanaged
class Convert<S> {
  run<D>(count: u32): void {
    let out = pointer(0)
    let from = pointer(1)
    const step = stride(0)
    if (step === <i32>sizeof<D>()) {
      if (stride(1) === 0) {
        fill<D>(out, <D>load<S>(from), count)
        return
      }
      if (idof2<S, D>() && stride(1) === step) {
        memory.copy(out, from, count * sizeof<D>())
        return
      }
    }
    for (let i: u32 = 0; i < count; i++) {
      store<D>(out, <D>load<S>(from))
      out += step
      from += stride(1)
    }
  }
}

/** Whether S and D are one type. */
function idof2<S, D>(): bool {
  return sizeof<S>() === sizeof<D>() && isFloat<S>() === isFloat<D>() && isSigned<S>() === isSigned<D>()
}

function fill<T>(out: usize, value: T, count: u32): void {
  if (sizeof<T>() === 1) {
    memory.fill(out, <u8>value, count)
    return
  }
  const lanes: u32 = 16 / sizeof<T>()
  const vector = v128.splat<T>(value)
  let i: u32 = 0
  for (; i + lanes <= count; i += lanes) {
    v128.store(out, vector)
    out += 16
  }
  for (; i < count; i++) {
    store<T>(out, value)
    out += sizeof<T>()
  }
}

/** out: bool = (in ≠ 0); NaN is true. */
@unmanaged
class ToBool {
  run<S>(count: u32): void {
    let out = pointer(0)
    let from = pointer(1)
    for (let i: u32 = 0; i < count; i++) {
      store<u8>(out, u8(load<S>(from) !== <S>0))
      out += stride(0)
      from += stride(1)
    }
  }
}

function conversion(to: u32, from: u32): Loop {
  if (to === DType.BOOL) return select<ToBool>(from)
  switch (from) {
    case DType.INT8:
      return select<Convert<i8>>(to)
    case DType.INT16:
      return select<Convert<i16>>(to)
    case DType.UINT16:
      return select<Convert<u16>>(to)
    case DType.INT32:
      return select<Convert<i32>>(to)
    case DType.UINT32:
      return select<Convert<u32>>(to)
    case DType.INT64:
      return select<Convert<i64>>(to)
    case DType.UINT64:
      return select<Convert<u64>>(to)
    case DType.FLOAT32:
      return select<Convert<f32>>(to)
    case DType.FLOAT64:
      return select<Convert<f64>>(to)
    default:
      return select<Convert<u8>>(to)
  }
}

/** Operands: out, in. They do not overlap, or are the same. */
export function assign(to: u32, from: u32): void {
  iterate(to === from ? selectBySize<Copy>(sizeOf(to)) : conversion(to, from), 2)
}

/** A copy or a fill, by the size of the element alone. */
@unmanaged
class Copy {
  run<T>(count: u32): void {
    changetype<Convert<T>>(0).run<T>(count)
  }
}

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
