/** Strips: a row's next elements as f64 or i64, one behind the other, whatever dtype and step they have. */

import { sizeOf } from './assign'
import { select, selectBySize } from './dispatch'
import { DType } from './dtype'
import { TILE } from './fold'
import { convertFour, Widen } from './fours'
import { Loop } from './iterate'

/** Where a strip is written that is not in the row as it is. */
export const scratch: usize = memory.data(TILE * 8, 16)

/** What a strip holds of an element. */
export namespace Source {
  /** Its value. */
  export const FLOAT: u32 = 0
  export const INTEGER: u32 = 1
  /** i64 1 or 0: whether it is not zero, zero, not NaN. */
  export const NONZERO: u32 = 2
  export const ZERO: u32 = 3
  export const NUMBER: u32 = 4
}

let from: usize = 0
let step: i32 = 0
let kind: u32 = 0
let itself: bool = false
let load_: Loop = nothing

function nothing(count: u32): void {}

/** Chooses how strips are read; `replacesNaN`: NaN becomes `replacement`. */
export function setSource(source: u32, dtype: u32, replacesNaN: bool, replacement: f64): void {
  kind = source
  replaces = replacesNaN
  instead = replacement
  itself = !replaces && isItself(source, dtype)
  if (source === Source.FLOAT) load_ = select<ToFloat>(dtype)
  else if (source === Source.INTEGER) load_ = select<ToInteger>(dtype)
  else load_ = selectByBits<ToTruth>(dtype)
}

/** Whether elements are f64 or i64 already. */
function isItself(source: u32, dtype: u32): bool {
  if (source === Source.FLOAT) return dtype === DType.FLOAT64
  return source === Source.INTEGER && (dtype === DType.INT64 || dtype === DType.UINT64)
}

/** The instance for kernels to which an integer's sign does not matter. */
export function selectByBits<Kernel>(dtype: u32): Loop {
  if (dtype === DType.FLOAT32) return count => changetype<Kernel>(0).run<f32>(count)
  if (dtype === DType.FLOAT64) return count => changetype<Kernel>(0).run<f64>(count)
  return selectBySize<Kernel>(sizeOf(dtype))
}

/** How many elements the next strip of a row may have, of `rest`. */
export function stripLength(stepOf: i32, rest: u32): u32 {
  return itself && stepOf === 8 ? rest : min(TILE, rest)
}

/** The address of `count` (at most TILE, or a stripLength) elements' strip; valid until the next one. */
export function strip(at: usize, stepOf: i32, count: u32): usize {
  if (itself && stepOf === 8) return at
  from = at
  step = stepOf
  load_(count)
  return scratch
}

let replaces: bool = false
let instead: f64 = 0

@unmanaged
class ToFloat {
  run<T>(count: u32): void {
    let i: u32 = 0
    if (sizeof<T>() < 8 && step === <i32>sizeof<T>() && !replaces) {
      for (; i + 4 <= count; i += 4) convertFour<T, f64>(scratch + (i << 3), from + i * sizeof<T>())
    }
    let at = from + i * step
    for (; i < count; i++) {
      const value = <f64>load<T>(at)
      store<f64>(scratch + (i << 3), replaces && isNaN<f64>(value) ? instead : value)
      at += step
    }
  }
}

@unmanaged
class ToInteger {
  run<T>(count: u32): void {
    let i: u32 = 0
    if (isInteger<T>() && sizeof<T>() < 8 && step === <i32>sizeof<T>()) {
      for (; i + 4 <= count; i += 4) convertFour<T, i64>(scratch + (i << 3), from + i * sizeof<T>())
    }
    let at = from + i * step
    for (; i < count; i++) {
      store<i64>(scratch + (i << 3), <i64>load<T>(at))
      at += step
    }
  }
}

/** From eight lanes of 16 bits; T tells their sign. */
function widenHalves<T>(to: usize, lanes: v128): void {
  if (isSigned<T>()) {
    changetype<Widen>(0).four<T>(to, v128.extend_low<i16>(lanes))
    changetype<Widen>(0).four<T>(to + 32, v128.extend_high<i16>(lanes))
  } else {
    changetype<Widen>(0).four<T>(to, v128.extend_low<u16>(lanes))
    changetype<Widen>(0).four<T>(to + 32, v128.extend_high<u16>(lanes))
  }
}

@unmanaged
class ToTruth {
  run<T>(count: u32): void {
    let at = from
    let i: u32 = 0
    if (step === <i32>sizeof<T>()) {
      const lanes: u32 = 16 / sizeof<T>()
      for (; i + lanes <= count; i += lanes) {
        widenTruth<T>(scratch + (i << 3), truth<T>(v128.load(at)))
        at += 16
      }
    }
    for (; i < count; i++) {
      store<i64>(scratch + (i << 3), <i64>holds<T>(kind, load<T>(at)))
      at += step
    }
  }
}

/** Lanes of 1 or 0. */
function truth<T>(lanes: v128): v128 {
  const equal = v128.eq<T>(lanes, kind === Source.NUMBER ? lanes : i64x2.splat(0))
  const one =
    sizeof<T>() === 1
      ? i8x16.splat(1)
      : sizeof<T>() === 2
        ? i16x8.splat(1)
        : sizeof<T>() === 4
          ? i32x4.splat(1)
          : i64x2.splat(1)
  return kind === Source.NONZERO ? v128.andnot(one, equal) : v128.and(one, equal)
}

/** A vector of such lanes as i64. */
function widenTruth<T>(to: usize, lanes: v128): void {
  if (sizeof<T>() === 8) {
    v128.store(to, lanes)
  } else if (sizeof<T>() === 4) {
    changetype<Widen>(0).four<u32>(to, lanes)
  } else if (sizeof<T>() === 2) {
    widenHalves<u16>(to, lanes)
  } else {
    widenHalves<u8>(to, v128.extend_low<u8>(lanes))
    widenHalves<u8>(to + 64, v128.extend_high<u8>(lanes))
  }
}

/** Whether an element is what `source` asks for. */
export function holds<T>(source: u32, value: T): bool {
  if (source === Source.NONZERO) return value !== <T>0
  if (source === Source.ZERO) return value === <T>0
  return !isNaN<T>(value)
}
