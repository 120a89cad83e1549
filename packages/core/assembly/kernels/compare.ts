/** Comparisons to a bool mask: out = relation(a, b), or its negation. */
import { select, selectFloat } from './dispatch'
import { iterate, Loop, pointer, stride } from './iterate'
import {
  Equal,
  Less,
  LessEqual,
  MixedEqual,
  MixedLess,
  MixedLessEqual,
  SizeEqual,
  SizeLess,
} from './relation'
import { splat } from './scalar'

/** The relations' codes. (a > b is b < a; a ≠ b is the negation of a = b.) */
export namespace Relation {
  export const EQUAL: u32 = 0
  export const LESS: u32 = 1
  export const LESS_EQUAL: u32 = 2
  /** a is int64 and b uint64. */
  export const MIXED_EQUAL: u32 = 3
  export const MIXED_LESS: u32 = 4
  export const MIXED_LESS_EQUAL: u32 = 5
  /** |a| = b and |a| < b of floats. */
  export const SIZE_EQUAL: u32 = 6
  export const SIZE_LESS: u32 = 7
}

/** 1 to negate the mask, else 0. */
let negate: u8 = 0

@unmanaged
class Compare<R> {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    let out = pointer(0)
    let a = pointer(1)
    let b = pointer(2)
    const stepA = stride(1)
    const stepB = stride(2)
    let i: u32 = 0
    if (stride(0) === 1 && (stepA === size || stepA === 0) && (stepB === size || stepB === 0)) {
      const flip = i8x16.splat(negate)
      const one = i8x16.splat(1)
      const vectorA = stepA ? a : splat<T>(1, a)
      const vectorB = stepB ? b : splat<T>(2, b)
      const nextA: usize = stepA ? 16 : 0
      const nextB: usize = stepB ? 16 : 0
      for (; i + 16 <= count; i += 16) {
        const done = <usize>i * sizeof<T>()
        const mask = maskOf<T, R>(vectorA + (stepA ? done : 0), nextA, vectorB + (stepB ? done : 0), nextB)
        v128.store(out + i, v128.xor(v128.and(mask, one), flip))
      }
    }
    out += i * stride(0)
    a += i * stepA
    b += i * stepB
    for (; i < count; i++) {
      store<u8>(out, u8(changetype<R>(0).test<T>(load<T>(a), load<T>(b))) ^ negate)
      out += stride(0)
      a += stepA
      b += stepB
    }
  }
}

/** The relation of one pair of vectors, the k-th from a and b. */
function lanesAt<T, R>(a: usize, nextA: usize, b: usize, nextB: usize, k: usize): v128 {
  return changetype<R>(0).lanes<T>(v128.load(a + k * nextA), v128.load(b + k * nextB))
}

/** The relation of 16 pairs of elements, a byte (0 or −1) each. */
function maskOf<T, R>(a: usize, nextA: usize, b: usize, nextB: usize): v128 {
  const m0 = lanesAt<T, R>(a, nextA, b, nextB, 0)
  if (sizeof<T>() === 1) return m0
  const m1 = lanesAt<T, R>(a, nextA, b, nextB, 1)
  if (sizeof<T>() === 2) return i8x16.narrow_i16x8_s(m0, m1)
  const m2 = lanesAt<T, R>(a, nextA, b, nextB, 2)
  const m3 = lanesAt<T, R>(a, nextA, b, nextB, 3)
  if (sizeof<T>() === 4) return narrow(m0, m1, m2, m3)
  const m4 = lanesAt<T, R>(a, nextA, b, nextB, 4)
  const m5 = lanesAt<T, R>(a, nextA, b, nextB, 5)
  const m6 = lanesAt<T, R>(a, nextA, b, nextB, 6)
  const m7 = lanesAt<T, R>(a, nextA, b, nextB, 7)
  return narrow(halve(m0, m1), halve(m2, m3), halve(m4, m5), halve(m6, m7))
}

function narrow(m0: v128, m1: v128, m2: v128, m3: v128): v128 {
  return i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(m0, m1), i16x8.narrow_i32x4_s(m2, m3))
}

/** Two masks of 64-bit lanes as one of 32-bit lanes. */
function halve(m0: v128, m1: v128): v128 {
  return v128.shuffle<i32>(m0, m1, 0, 2, 4, 6)
}

/** The loop of a relation, for another kernel to call: operands 0 to 2, as of `compare`. */
export function relationLoop(relation: u32, dtype: u32): Loop {
  negate = 0
  return loopOf(relation, dtype)
}

function loopOf(relation: u32, dtype: u32): Loop {
  switch (relation) {
    case Relation.LESS:
      return select<Compare<Less>>(dtype)
    case Relation.LESS_EQUAL:
      return select<Compare<LessEqual>>(dtype)
    case Relation.MIXED_EQUAL:
      return count => changetype<Compare<MixedEqual>>(0).run<u64>(count)
    case Relation.MIXED_LESS:
      return count => changetype<Compare<MixedLess>>(0).run<u64>(count)
    case Relation.MIXED_LESS_EQUAL:
      return count => changetype<Compare<MixedLessEqual>>(0).run<u64>(count)
    case Relation.SIZE_EQUAL:
      return selectFloat<Compare<SizeEqual>>(dtype)
    case Relation.SIZE_LESS:
      return selectFloat<Compare<SizeLess>>(dtype)
    default:
      return select<Compare<Equal>>(dtype)
  }
}

/** Operands: out (bool), a and b of one dtype (but see the mixed relations). */
export function compare(relation: u32, negated: bool, dtype: u32): void {
  negate = u8(negated)
  iterate(loopOf(relation, dtype), 3)
}
