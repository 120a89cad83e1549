/** Operations on one element: out = op(a), both of one dtype. out may be a. */
import { Circular, Cosine, Sine, Tangent } from './circular'
import { selectFloat, selectSigned } from './dispatch'
import { Exp } from './exp'
import {
  ArcCosine,
  ArcSine,
  ArcTangent,
  AreaCosine,
  AreaSine,
  AreaTangent,
  Expm1,
  HyperbolicCosine,
  HyperbolicSine,
  Log1p,
  Log2,
  Log10,
} from './functions'
import { HyperbolicTangent } from './hyperbolic'
import { iterate, Loop, pointer, stride } from './iterate'
import { Log } from './log'
import { Absolute, Ceil, Floor, Nearest, Sign, SquareRoot, Truncate } from './rounding'
import { Vectors } from './vectors'

/** The operations' codes. Signed integers and floats up to SIGN, from there on floats. */
export namespace UnaryOp {
  export const ABSOLUTE: u32 = 0
  export const SIGN: u32 = 1
  export const SQUARE_ROOT: u32 = 2
  export const CEIL: u32 = 3
  export const FLOOR: u32 = 4
  export const TRUNCATE: u32 = 5
  export const NEAREST: u32 = 6
  export const EXP: u32 = 7
  export const EXPM1: u32 = 8
  export const LOG: u32 = 9
  export const LOG1P: u32 = 10
  export const LOG2: u32 = 11
  export const LOG10: u32 = 12
  export const SIN: u32 = 13
  export const COS: u32 = 14
  export const TAN: u32 = 15
  export const ASIN: u32 = 16
  export const ACOS: u32 = 17
  export const ATAN: u32 = 18
  export const SINH: u32 = 19
  export const COSH: u32 = 20
  export const TANH: u32 = 21
  export const ASINH: u32 = 22
  export const ACOSH: u32 = 23
  export const ATANH: u32 = 24
}

/** An operation on elements alone: `apply<T>(a)`. */
@unmanaged
class Elements<Op> {
  run<T>(count: u32): void {
    runElements<T, Op>(0, count)
  }
}

/** An operation on elements and on vectors of them: `apply<T>(a)` and `lanes<T>(a)`. */
@unmanaged
class ElementsInLanes<Op> {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    const vectors = stride(0) === size && stride(1) === size
    runElements<T, Op>(vectors ? runVectors<T, Op>(count) : 0, count)
  }
}

function runElements<T, Op>(from: u32, count: u32): void {
  const stepOut = stride(0)
  const stepA = stride(1)
  let out = pointer(0) + from * stepOut
  let a = pointer(1) + from * stepA
  for (let i = from; i < count; i++) {
    store<T>(out, changetype<Op>(0).apply<T>(load<T>(a)))
    out += stepOut
    a += stepA
  }
}

/** Returns the elements done. */
function runVectors<T, Op>(count: u32): u32 {
  const lanes: u32 = 16 / sizeof<T>()
  let out = pointer(0)
  let a = pointer(1)
  let i: u32 = 0
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    const first = changetype<Op>(0).lanes<T>(v128.load(a))
    const second = changetype<Op>(0).lanes<T>(v128.load(a, 16))
    v128.store(out, first)
    v128.store(out, second, 16)
    a += 32
    out += 32
  }
  return i
}

function loopOf(op: u32, dtype: u32): Loop {
  switch (op) {
    case UnaryOp.ABSOLUTE:
      return selectSigned<ElementsInLanes<Absolute>>(dtype)
    case UnaryOp.SIGN:
      return selectSigned<Elements<Sign>>(dtype)
    case UnaryOp.SQUARE_ROOT:
      return selectFloat<ElementsInLanes<SquareRoot>>(dtype)
    case UnaryOp.CEIL:
      return selectFloat<ElementsInLanes<Ceil>>(dtype)
    case UnaryOp.FLOOR:
      return selectFloat<ElementsInLanes<Floor>>(dtype)
    case UnaryOp.TRUNCATE:
      return selectFloat<ElementsInLanes<Truncate>>(dtype)
    case UnaryOp.NEAREST:
      return selectFloat<ElementsInLanes<Nearest>>(dtype)
    default:
      return op < UnaryOp.SIN ? exponentialLoop(op, dtype) : trigonometricLoop(op, dtype)
  }
}

function exponentialLoop(op: u32, dtype: u32): Loop {
  switch (op) {
    case UnaryOp.EXP:
      return selectFloat<Vectors<Exp>>(dtype)
    case UnaryOp.EXPM1:
      return selectFloat<Elements<Expm1>>(dtype)
    case UnaryOp.LOG:
      return selectFloat<Vectors<Log>>(dtype)
    case UnaryOp.LOG1P:
      return selectFloat<Elements<Log1p>>(dtype)
    case UnaryOp.LOG2:
      return selectFloat<Elements<Log2>>(dtype)
    default:
      return selectFloat<Elements<Log10>>(dtype)
  }
}

function trigonometricLoop(op: u32, dtype: u32): Loop {
  switch (op) {
    case UnaryOp.SIN:
      return selectFloat<Vectors<Circular<Sine>>>(dtype)
    case UnaryOp.COS:
      return selectFloat<Vectors<Circular<Cosine>>>(dtype)
    case UnaryOp.TAN:
      return selectFloat<Vectors<Circular<Tangent>>>(dtype)
    case UnaryOp.ASIN:
      return selectFloat<Elements<ArcSine>>(dtype)
    case UnaryOp.ACOS:
      return selectFloat<Elements<ArcCosine>>(dtype)
    case UnaryOp.ATAN:
      return selectFloat<Elements<ArcTangent>>(dtype)
    default:
      return hyperbolicLoop(op, dtype)
  }
}

function hyperbolicLoop(op: u32, dtype: u32): Loop {
  switch (op) {
    case UnaryOp.SINH:
      return selectFloat<Elements<HyperbolicSine>>(dtype)
    case UnaryOp.COSH:
      return selectFloat<Elements<HyperbolicCosine>>(dtype)
    case UnaryOp.TANH:
      return selectFloat<Vectors<HyperbolicTangent>>(dtype)
    case UnaryOp.ASINH:
      return selectFloat<Elements<AreaSine>>(dtype)
    case UnaryOp.ACOSH:
      return selectFloat<Elements<AreaCosine>>(dtype)
    default:
      return selectFloat<Elements<AreaTangent>>(dtype)
  }
}

/** Operands: out, a, of one dtype. */
export function unary(op: u32, dtype: u32): void {
  iterate(loopOf(op, dtype), 2)
}
