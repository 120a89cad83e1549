/** Comparisons to a bool mask: out = relation(a, b), or its negation. */
import { select, selectFloat } from './dispatch'
import { DType } from './dtype'
import { iterate, Loop, pointer, stride } from './iterate'
import { Along, Repeated } from './lanes'
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
import { selectByBits } from './strip'

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
/** The operands on the left and on the right of the relation. */
let left: u32 = 1
let right: u32 = 2

@unmanaged
class Compare<R> {
  run<T>(count: u32): void {
    const stepA = stride(left)
    const stepB = stride(right)
    const done = stride(0) === 1 ? runVectors<T, R>(count) : 0
    let out = pointer(0) + done * stride(0)
    let a = pointer(left) + done * stepA
    let b = pointer(right) + done * stepB
    for (let i = done; i < count; i++) {
      store<u8>(out, u8(changetype<R>(0).test<T>(load<T>(a), load<T>(b))) ^ negate)
      out += stride(0)
      a += stepA
      b += stepB
    }
  }
}

/** Where one operand runs along, and the other does or repeats. Returns the elements done. */
function runVectors<T, R>(count: u32): u32 {
  const size = <i32>sizeof<T>()
  const alongA = stride(left) === size
  const alongB = stride(right) === size
  if (alongA && alongB) return compareVectors<T, R, Along, Along>(count)
  if (alongA && stride(right) === 0) return compareVectors<T, R, Along, Repeated>(count)
  if (alongB && stride(left) === 0) return compareVectors<T, R, Repeated, Along>(count)
  return 0
}

/** Of vectors of operands that are both read in full. Returns the elements done. */
export function compareVectors<T, R, A, B>(count: u32): u32 {
  let out = pointer(0)
  let a = pointer(left)
  let b = pointer(right)
  const heldA = v128.splat<T>(load<T>(a))
  const heldB = v128.splat<T>(load<T>(b))
  const flip = i8x16.splat(negate)
  const one = i8x16.splat(1)
  // Of single bytes two vectors are worth a turn of the loop.
  const length: u32 = sizeof<T>() === 1 ? 32 : 16
  let i: u32 = 0
  for (; i + length <= count; i += length) {
    const mask = maskOf<T, R, A, B>(a, heldA, b, heldB)
    v128.store(out, v128.xor(v128.and(mask, one), flip))
    if (sizeof<T>() === 1) {
      const second = lanesAt<T, R, A, B>(a, heldA, b, heldB, 1)
      v128.store(out, v128.xor(v128.and(second, one), flip), 16)
    }
    out += length
    a += length * sizeof<T>()
    b += length * sizeof<T>()
  }
  return i
}

/** The relation of the k-th pair of vectors. */
function lanesAt<T, R, A, B>(a: usize, heldA: v128, b: usize, heldB: v128, k: usize): v128 {
  const vectorA = changetype<A>(0).vector(a, heldA, k)
  const vectorB = changetype<B>(0).vector(b, heldB, k)
  return changetype<R>(0).lanes<T>(vectorA, vectorB)
}

/** The relation of 16 pairs of elements, a byte (0 or −1) each. */
function maskOf<T, R, A, B>(a: usize, heldA: v128, b: usize, heldB: v128): v128 {
  const m0 = lanesAt<T, R, A, B>(a, heldA, b, heldB, 0)
  if (sizeof<T>() === 1) return m0
  const m1 = lanesAt<T, R, A, B>(a, heldA, b, heldB, 1)
  if (sizeof<T>() === 2) return i8x16.narrow_i16x8_s(m0, m1)
  const m2 = lanesAt<T, R, A, B>(a, heldA, b, heldB, 2)
  const m3 = lanesAt<T, R, A, B>(a, heldA, b, heldB, 3)
  if (sizeof<T>() === 4) return narrow(m0, m1, m2, m3)
  const m4 = lanesAt<T, R, A, B>(a, heldA, b, heldB, 4)
  const m5 = lanesAt<T, R, A, B>(a, heldA, b, heldB, 5)
  const m6 = lanesAt<T, R, A, B>(a, heldA, b, heldB, 6)
  const m7 = lanesAt<T, R, A, B>(a, heldA, b, heldB, 7)
  return narrow(halve(m0, m1), halve(m2, m3), halve(m4, m5), halve(m6, m7))
}

function narrow(m0: v128, m1: v128, m2: v128, m3: v128): v128 {
  return i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(m0, m1), i16x8.narrow_i32x4_s(m2, m3))
}

/** Two masks of 64-bit lanes as one of 32-bit lanes. */
function halve(m0: v128, m1: v128): v128 {
  return v128.shuffle<i32>(m0, m1, 0, 2, 4, 6)
}

/** Which operands stand on the sides of the relation, and whether it is negated. */
export function setSides(swapped: bool, negated: bool): void {
  left = swapped ? 2 : 1
  right = swapped ? 1 : 2
  negate = u8(negated)
}

/** The loop of a relation or its negation, for operands 0 to 2, until the next is asked for. */
export function relationLoop(relation: u32, negated: bool, dtype: u32): Loop {
  // Of two integers, a ≤ b is the negation of b < a.
  const swapped = relation === Relation.LESS_EQUAL && dtype < DType.FLOAT32
  setSides(swapped, negated !== swapped)
  return loopOf(swapped ? Relation.LESS : relation, dtype)
}

function loopOf(relation: u32, dtype: u32): Loop {
  switch (relation) {
    case Relation.LESS:
      return select<Compare<Less>>(dtype)
    case Relation.LESS_EQUAL:
      return selectFloat<Compare<LessEqual>>(dtype)
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
      return selectByBits<Compare<Equal>>(dtype)
  }
}

/** Operands: out (bool), a and b of one dtype (but see the mixed relations). */
export function compare(relation: u32, negated: bool, dtype: u32): void {
  iterate(relationLoop(relation, negated, dtype), 3)
}
