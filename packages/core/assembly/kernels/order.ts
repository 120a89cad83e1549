/**
 * The order of elements, made the same for all that share a width: integers compare as unsigned ones once
 * some bits are flipped, the sign bit for signed ones, every bit to turn the order around. Floats compare as
 * they are, and turned around once the sign bit is flipped.
 */
import { sizeOf } from './assign'
import { DType } from './dtype'

/** The bits to flip, for as many elements of a dtype as fit into 64 bits. */
export function orderFlip(dtype: u32, turned: bool): u64 {
  const bits = sizeOf(dtype) << 3
  const signs = (u64.MAX_VALUE / (u64.MAX_VALUE >> (64 - bits))) << (bits - 1)
  if (dtype >= DType.FLOAT32) return turned ? signs : 0
  return (isSignedInteger(dtype) ? signs : 0) ^ (turned ? u64.MAX_VALUE : 0)
}

function isSignedInteger(dtype: u32): bool {
  return dtype === DType.INT8 || dtype === DType.INT16 || dtype === DType.INT32 || dtype === DType.INT64
}

/** The element at an address, its bits flipped. */
export function flipped<T>(at: usize, flip: u64): T {
  if (isInteger<T>()) return load<T>(at) ^ <T>flip
  else if (sizeof<T>() === 8) return reinterpret<T>(load<u64>(at) ^ flip)
  else return reinterpret<T>(load<u32>(at) ^ <u32>flip)
}

/** The element at an address as it compares in ascending order: floats as they are. */
export function ascending<T>(at: usize, flip: u64): T {
  if (isFloat<T>()) return load<T>(at)
  else return load<T>(at) ^ <T>flip
}
