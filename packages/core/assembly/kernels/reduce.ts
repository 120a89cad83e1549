/** Reductions along any axes: sums, products, extrema, counts, and what is made of them. */
import { sizeOf } from './assign'
import { Count, setCount } from './count'
import { select, selectBySize } from './dispatch'
import { DType } from './dtype'
import { beginExtremum, ExtremumAcross, ExtremumAlong, Maximum, Minimum, setExtremum } from './extremum'
import { Fold, run, setTile, tile } from './fold'
import { Loop, pointer, stride } from './iterate'
import { beginFloatProduct, beginIntegerProduct, Product } from './product'
import { Source, selectByBits, setSource } from './strip'
import {
  beginFloatSum,
  endAcross,
  endAlong,
  FloatSum,
  IntegerSum,
  setDirect,
  setSkips,
  setSquares,
  sumFloatsAcross,
  sumIntegersAcross,
  sumStrips,
} from './sum'

/** The reductions' codes. */
export namespace Reduction {
  /** i64 of integers, wrapping; u64's bits are the same. */
  export const SUM: u32 = 0
  /** f64 of any dtype. */
  export const FLOAT_SUM: u32 = 1
  /** The operand's dtype; NaN if there is one. Not of an empty operand. */
  export const MIN: u32 = 2
  export const MAX: u32 = 3
  /** As the sums. */
  export const PRODUCT: u32 = 4
  export const FLOAT_PRODUCT: u32 = 5
  /** i64: how many are not zero, zero, or not NaN. */
  export const NONZERO: u32 = 6
  export const ZERO: u32 = 7
  export const NUMBERS: u32 = 8
  /** f64: the sum of the squares of the distances from operand 2, which is f64. */
  export const SQUARES: u32 = 9
}

/** What is made of a sum or count before it is written. */
export namespace Finish {
  export const NONE: u32 = 0
  /** f64: the sum divided by the divisor. */
  export const QUOTIENT: u32 = 1
  /** f64: its square root. */
  export const ROOT: u32 = 2
  /** bool: whether the count is 0, or is not. The first element that is counted decides. */
  export const IS_ZERO: u32 = 3
  export const IS_NOT_ZERO: u32 = 4
}

const fold = changetype<Fold>(memory.data(offsetof<Fold>()))

let finish: u32 = 0
let divisor: f64 = 1
/** Whether the tile holds i64. */
let integers: bool = false
/** Whether float sums were taken across rows, or along one. */
let acrossRows: bool = false
let write: Loop = nothing

function nothing(count: u32): void {}

/**
 * Operands: in, out (step 0 along the reduced axes), for SQUARES the centers. `skipsNaN`: NaN counts for
 * nothing. Tiles of `tileLength` outputs may be in memory that the host lends: 8 bytes for each. Float sums to
 * more than one output need it, and as much for each of TILE_LEVELS levels.
 */
export function reduce(
  reduction: u32,
  dtype: u32,
  outDType: u32,
  finishing: u32,
  by: f64,
  skipsNaN: bool,
  tileMemory: usize,
  tileLength: u32,
): void {
  setTile(tileMemory, tileLength)
  finish = finishing
  divisor = by
  if (reduction === Reduction.MIN || reduction === Reduction.MAX) chooseExtremum(reduction, dtype, skipsNaN)
  else chooseSum(reduction, dtype, outDType, skipsNaN)
  run(fold, reduction === Reduction.SQUARES ? 3 : 2)
}

function chooseExtremum(reduction: u32, dtype: u32, skipsNaN: bool): void {
  setExtremum(skipsNaN)
  const isMin = reduction === Reduction.MIN
  fold.begin = beginExtremum
  fold.along = isMin ? select<ExtremumAlong<Minimum>>(dtype) : select<ExtremumAlong<Maximum>>(dtype)
  fold.across = isMin ? select<ExtremumAcross<Minimum>>(dtype) : select<ExtremumAcross<Maximum>>(dtype)
  fold.finish =
    finish === Finish.IS_NOT_ZERO
      ? selectBySize<WriteTruth>(sizeOf(dtype))
      : selectBySize<WriteAsIs>(sizeOf(dtype))
}

function chooseSum(reduction: u32, dtype: u32, outDType: u32, skipsNaN: bool): void {
  integers = true
  fold.begin = clear
  fold.across = sumIntegersAcross
  fold.finish = finishInteger
  write = outDType >= DType.FLOAT32 ? writeFloats(outDType) : selectBySize<WriteInteger>(sizeOf(outDType))
  switch (reduction) {
    case Reduction.SUM:
      setSource(Source.INTEGER, dtype, false, 0)
      fold.along = select<IntegerSum>(dtype)
      return
    case Reduction.PRODUCT:
      setSource(Source.INTEGER, dtype, false, 0)
      fold.begin = beginIntegerProduct
      fold.along = count => changetype<Product<i64>>(0).along(count)
      fold.across = count => changetype<Product<i64>>(0).across(count)
      return
    case Reduction.FLOAT_PRODUCT:
      setSource(Source.FLOAT, dtype, skipsNaN, 1)
      integers = false
      fold.begin = beginFloatProduct
      fold.along = count => changetype<Product<f64>>(0).along(count)
      fold.across = count => changetype<Product<f64>>(0).across(count)
      return
    case Reduction.FLOAT_SUM:
    case Reduction.SQUARES:
      chooseFloatSum(reduction === Reduction.SQUARES, dtype, skipsNaN)
      return
    default:
      chooseCount(reduction - Reduction.NONZERO + Source.NONZERO, dtype)
  }
}

function chooseCount(source: u32, dtype: u32): void {
  setSource(source, dtype, false, 0)
  setCount(source, finish >= Finish.IS_ZERO)
  fold.along = selectByBits<Count>(dtype)
}

function chooseFloatSum(isSquares: bool, dtype: u32, skipsNaN: bool): void {
  // The squares know which elements to skip only after the distance is taken.
  setSource(Source.FLOAT, dtype, skipsNaN && !isSquares, 0)
  setSquares(isSquares)
  setSkips(skipsNaN)
  integers = false
  fold.begin = count => {
    acrossRows = false
    beginFloatSum(count)
  }
  const isDirect = dtype >= DType.FLOAT32 && !isSquares && !skipsNaN
  setDirect(isDirect ? sizeOf(dtype) : 0)
  fold.along = isDirect ? selectFloatSum(dtype) : sumStrips
  fold.across = count => {
    acrossRows = true
    sumFloatsAcross(count)
  }
  fold.finish = finishFloatSum
}

function selectFloatSum(dtype: u32): Loop {
  if (dtype === DType.FLOAT32) return count => changetype<FloatSum>(0).run<f32>(count)
  return count => changetype<FloatSum>(0).run<f64>(count)
}

function clear(count: u32): void {
  memory.fill(tile, 0, count << 3)
}

function finishFloatSum(count: u32): void {
  if (acrossRows) endAcross(count)
  else endAlong()
  write(count)
}

function finishInteger(count: u32): void {
  if (finish >= Finish.IS_ZERO) {
    for (let i: u32 = 0; i < count; i++) {
      const at = tile + (i << 3)
      store<i64>(at, <i64>((load<i64>(at) === 0) === (finish === Finish.IS_ZERO)))
    }
  }
  write(count)
}

function writeFloats(dtype: u32): Loop {
  if (dtype === DType.FLOAT32) return count => changetype<WriteFloat>(0).run<f32>(count)
  return count => changetype<WriteFloat>(0).run<f64>(count)
}

@unmanaged
class WriteAsIs {
  run<T>(count: u32): void {
    let out = pointer(1)
    for (let i: u32 = 0; i < count; i++) {
      store<T>(out, load<T>(tile + i * sizeof<T>()))
      out += stride(1)
    }
  }
}

/** bool: whether an extremum is not zero. */
@unmanaged
class WriteTruth {
  run<T>(count: u32): void {
    let out = pointer(1)
    for (let i: u32 = 0; i < count; i++) {
      store<u8>(out, u8(load<T>(tile + i * sizeof<T>()) !== 0))
      out += stride(1)
    }
  }
}

@unmanaged
class WriteInteger {
  run<T>(count: u32): void {
    let out = pointer(1)
    for (let i: u32 = 0; i < count; i++) {
      store<T>(out, <T>load<i64>(tile + (i << 3)))
      out += stride(1)
    }
  }
}

@unmanaged
class WriteFloat {
  run<T>(count: u32): void {
    let out = pointer(1)
    for (let i: u32 = 0; i < count; i++) {
      const at = tile + (i << 3)
      let value = integers ? <f64>load<i64>(at) : load<f64>(at)
      if (finish !== Finish.NONE) value /= divisor
      store<T>(out, <T>(finish === Finish.ROOT ? sqrt<f64>(value) : value))
      out += stride(1)
    }
  }
}
