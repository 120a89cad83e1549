/** Operations on pairs of elements: out = op(a, b), all of one dtype. out may be a or b. */
import {
  Add,
  And,
  CopySign,
  Divide,
  FloorDivide,
  Maximum,
  Minimum,
  Multiply,
  Or,
  Pow,
  Remainder,
  ShiftLeft,
  ShiftRight,
  Subtract,
  Xor,
} from './arithmetic'
import { sizeOf } from './assign'
import { select, selectBySize, selectFloat, selectInteger, selectWrapping } from './dispatch'
import { DType } from './dtype'
import { ArcTangent2, FloatPow, Hypot, LogAddExp, NextAfter } from './floatpairs'
import { iterate, Loop, pointer, setRow, stride } from './iterate'
import { splat } from './scalar'

/** The operations' codes. */
export namespace BinaryOp {
  export const ADD: u32 = 0
  export const SUBTRACT: u32 = 1
  export const MULTIPLY: u32 = 2
  /** Floats. */
  export const DIVIDE: u32 = 3
  export const FLOOR_DIVIDE: u32 = 4
  export const REMAINDER: u32 = 5
  export const POW: u32 = 6
  export const MINIMUM: u32 = 7
  export const MAXIMUM: u32 = 8
  /** Integers and bool, to RIGHT. */
  export const AND: u32 = 9
  export const OR: u32 = 10
  export const XOR: u32 = 11
  export const LEFT: u32 = 12
  export const RIGHT: u32 = 13
  /** Floats, to the end. */
  export const COPY_SIGN: u32 = 14
  export const NEXT_AFTER: u32 = 15
  export const ARC_TANGENT: u32 = 16
  export const HYPOT: u32 = 17
  export const LOG_ADD_EXP: u32 = 18
}

/** An operation on elements alone: `apply<T>(a, b)`. */
@unmanaged
class Pairs<Op> {
  run<T>(count: u32): void {
    runElements<T, Op>(0, count)
  }
}

/** An operation on elements and on vectors of them: `apply<T>(a, b)` and `lanes<T>(a, b)`. */
@unmanaged
class PairsInLanes<Op> {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    const stepA = stride(1)
    const stepB = stride(2)
    const vectors = stride(0) === size && (stepA === size || stepA === 0) && (stepB === size || stepB === 0)
    runElements<T, Op>(vectors ? runVectors<T, Op>(count) : 0, count)
  }
}

function runElements<T, Op>(from: u32, count: u32): void {
  const stepOut = stride(0)
  const stepA = stride(1)
  const stepB = stride(2)
  let out = pointer(0) + from * stepOut
  let a = pointer(1) + from * stepA
  let b = pointer(2) + from * stepB
  for (let i = from; i < count; i++) {
    store<T>(out, changetype<Op>(0).apply<T>(load<T>(a), load<T>(b)))
    out += stepOut
    a += stepA
    b += stepB
  }
}

/** a and b each run along or repeat. Returns the elements done. */
function runVectors<T, Op>(count: u32): u32 {
  const lanes: u32 = 16 / sizeof<T>()
  const nextA: usize = stride(1) ? 16 : 0
  const nextB: usize = stride(2) ? 16 : 0
  let a = nextA ? pointer(1) : splat<T>(1, pointer(1))
  let b = nextB ? pointer(2) : splat<T>(2, pointer(2))
  let out = pointer(0)
  let i: u32 = 0
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    const first = changetype<Op>(0).lanes<T>(v128.load(a), v128.load(b))
    const second = changetype<Op>(0).lanes<T>(v128.load(a + nextA), v128.load(b + nextB))
    v128.store(out, first)
    v128.store(out, second, 16)
    a += 2 * nextA
    b += 2 * nextB
    out += 32
  }
  return i
}

/** out = min(max(a, low), high), in two passes over a piece that stays in the cache. */
@unmanaged
class Clip {
  run<T>(count: u32): void {
    changetype<PairsInLanes<Maximum>>(0).run<T>(count)
    const a = pointer(1)
    const stepA = stride(1)
    const low = pointer(2)
    const stepLow = stride(2)
    setRow(1, pointer(0), stride(0))
    setRow(2, pointer(3), stride(3))
    changetype<PairsInLanes<Minimum>>(0).run<T>(count)
    setRow(1, a, stepA)
    setRow(2, low, stepLow)
  }
}

function loopOf(op: u32, dtype: u32): Loop {
  switch (op) {
    case BinaryOp.ADD:
      // The sum of two truths is true.
      return dtype === DType.BOOL
        ? selectBySize<PairsInLanes<Or>>(1)
        : selectWrapping<PairsInLanes<Add>>(dtype)
    case BinaryOp.SUBTRACT:
      return selectWrapping<PairsInLanes<Subtract>>(dtype)
    case BinaryOp.MULTIPLY:
      return selectWrapping<PairsInLanes<Multiply>>(dtype)
    case BinaryOp.FLOOR_DIVIDE:
      return select<Pairs<FloorDivide>>(dtype)
    case BinaryOp.REMAINDER:
      return select<Pairs<Remainder>>(dtype)
    case BinaryOp.POW:
      return dtype >= DType.FLOAT32
        ? selectFloat<Pairs<FloatPow>>(dtype)
        : selectBySize<Pairs<Pow>>(sizeOf(dtype))
    case BinaryOp.MINIMUM:
      return select<PairsInLanes<Minimum>>(dtype)
    case BinaryOp.MAXIMUM:
      return select<PairsInLanes<Maximum>>(dtype)
    default:
      return op < BinaryOp.COPY_SIGN && op !== BinaryOp.DIVIDE ? bitLoop(op, dtype) : floatLoop(op, dtype)
  }
}

function bitLoop(op: u32, dtype: u32): Loop {
  switch (op) {
    case BinaryOp.AND:
      return selectBySize<PairsInLanes<And>>(sizeOf(dtype))
    case BinaryOp.OR:
      return selectBySize<PairsInLanes<Or>>(sizeOf(dtype))
    case BinaryOp.XOR:
      return selectBySize<PairsInLanes<Xor>>(sizeOf(dtype))
    case BinaryOp.LEFT:
      return selectBySize<Pairs<ShiftLeft>>(sizeOf(dtype))
    default:
      return selectInteger<Pairs<ShiftRight>>(dtype)
  }
}

function floatLoop(op: u32, dtype: u32): Loop {
  switch (op) {
    case BinaryOp.DIVIDE:
      return selectFloat<PairsInLanes<Divide>>(dtype)
    case BinaryOp.COPY_SIGN:
      return selectFloat<PairsInLanes<CopySign>>(dtype)
    case BinaryOp.NEXT_AFTER:
      return selectFloat<Pairs<NextAfter>>(dtype)
    case BinaryOp.ARC_TANGENT:
      return selectFloat<Pairs<ArcTangent2>>(dtype)
    case BinaryOp.HYPOT:
      return selectFloat<Pairs<Hypot>>(dtype)
    default:
      return selectFloat<Pairs<LogAddExp>>(dtype)
  }
}

/** Operands: out, a, b, of one dtype. */
export function binary(op: u32, dtype: u32): void {
  iterate(loopOf(op, dtype), 3)
}

/** Operands: out, a, low, high, of one dtype. out may be a; it overlaps neither low nor high. */
export function clip(dtype: u32): void {
  iterate(select<Clip>(dtype), 4)
}
