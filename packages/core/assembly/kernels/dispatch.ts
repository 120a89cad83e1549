import { DType } from './dtype'
import { Loop } from './iterate'

/**
 * The instance of a kernel for a dtype: the one table from codes to types, in two parts. A kernel is a class
 * without fields whose method `run<T>(count)` is a Loop. bool is stored as u8, 0 or 1.
 */
export function select<Kernel>(dtype: u32): Loop {
  const isFloat = dtype === DType.FLOAT32 || dtype === DType.FLOAT64
  return isFloat ? selectFloat<Kernel>(dtype) : selectInteger<Kernel>(dtype)
}

/** The instance for elements of `bytes` bytes, for kernels that only move them. */
export function selectBySize<Kernel>(bytes: u32): Loop {
  switch (bytes) {
    case 1:
      return count => changetype<Kernel>(0).run<u8>(count)
    case 2:
      return count => changetype<Kernel>(0).run<u16>(count)
    case 4:
      return count => changetype<Kernel>(0).run<u32>(count)
    default:
      return count => changetype<Kernel>(0).run<u64>(count)
  }
}

/** The instance for a dtype when only the bits of integers count, not their sign: sums, products. */
export function selectWrapping<Kernel>(dtype: u32): Loop {
  switch (dtype) {
    case DType.INT16:
    case DType.UINT16:
      return count => changetype<Kernel>(0).run<u16>(count)
    case DType.INT32:
    case DType.UINT32:
      return count => changetype<Kernel>(0).run<u32>(count)
    case DType.INT64:
    case DType.UINT64:
      return count => changetype<Kernel>(0).run<u64>(count)
    case DType.FLOAT32:
    case DType.FLOAT64:
      return selectFloat<Kernel>(dtype)
    default:
      return count => changetype<Kernel>(0).run<u8>(count)
  }
}

/** The instance for a dtype with negative values: signed integers and floats. */
export function selectSigned<Kernel>(dtype: u32): Loop {
  switch (dtype) {
    case DType.INT8:
      return count => changetype<Kernel>(0).run<i8>(count)
    case DType.INT16:
      return count => changetype<Kernel>(0).run<i16>(count)
    case DType.INT32:
      return count => changetype<Kernel>(0).run<i32>(count)
    case DType.INT64:
      return count => changetype<Kernel>(0).run<i64>(count)
    default:
      return selectFloat<Kernel>(dtype)
  }
}

/** The instance for an integer dtype; bool is u8. */
export function selectInteger<Kernel>(dtype: u32): Loop {
  switch (dtype) {
    case DType.INT8:
      return count => changetype<Kernel>(0).run<i8>(count)
    case DType.INT16:
      return count => changetype<Kernel>(0).run<i16>(count)
    case DType.UINT16:
      return count => changetype<Kernel>(0).run<u16>(count)
    case DType.INT32:
      return count => changetype<Kernel>(0).run<i32>(count)
    case DType.UINT32:
      return count => changetype<Kernel>(0).run<u32>(count)
    case DType.INT64:
      return count => changetype<Kernel>(0).run<i64>(count)
    case DType.UINT64:
      return count => changetype<Kernel>(0).run<u64>(count)
    default:
      return count => changetype<Kernel>(0).run<u8>(count)
  }
}

/** The instance for a float dtype. */
export function selectFloat<Kernel>(dtype: u32): Loop {
  if (dtype === DType.FLOAT32) return count => changetype<Kernel>(0).run<f32>(count)
  return count => changetype<Kernel>(0).run<f64>(count)
}
