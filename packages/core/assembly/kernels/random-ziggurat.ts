/**
 * Standard normal and exponential draws by Marsaglia and Tsang's ziggurat, as NumPy takes the bits apart: one
 * word picks a layer, the sign and an integer; 99 of 100 integers lie below the density and are the draw.
 * What is not settled by that asks the density itself, or draws from the tail.
 */
import { foresee, ready, take } from './random-stream'
import { unit, word } from './random-words'
import {
  density,
  EXPONENTIAL,
  EXPONENTIAL_TAIL,
  NORMAL,
  NORMAL_TAIL,
  prepareExponential,
  prepareNormal,
  rowOf,
  widest,
  width,
} from './ziggurat-tables'

/** Makes the tables where they are not made yet: before the first draw. */
export function prepareZiggurats(): void {
  prepareNormal()
  prepareExponential()
}

/** A word: layer in the lowest 8 bits, sign in the next, then an integer. */
@unmanaged
export class Normal {
  /** The row of a word's layer. */
  @inline row<T>(bits: u64): usize {
    return rowOf<T>(NORMAL, <usize>(bits & 255))
  }

  @inline integer<T>(bits: u64): u64 {
    return (bits >> 9) & (sizeof<T>() === 8 ? 0xfffffffffffff : 0x7fffff)
  }

  /** The draw, if its integer is below the row's widest one. */
  @inline value<T>(bits: u64, row: usize): T {
    const x = <T>(<i64>this.integer<T>(bits)) * width<T>(row)
    return (bits >> 8) & 1 ? -x : x
  }

  /** What becomes of a word whose integer is not below the widest one. */
  otherwise<T>(bits: u64): T {
    while (true) {
      const layer = <usize>(bits & 255)
      if (!layer) return normalTail<T>(this.integer<T>(bits))
      const x = this.value<T>(bits, this.row<T>(bits))
      if (<f64>between<T>(NORMAL, layer) < NativeMath.exp(-0.5 * <f64>x * <f64>x)) return x
      bits = word<T>()
      const row = this.row<T>(bits)
      if (this.integer<T>(bits) < widest<T>(row)) return this.value<T>(bits, row)
    }
  }
}

/** A height in a layer, each as probable. */
function between<T>(table: usize, layer: usize): T {
  const low = density<T>(table, layer)
  return (density<T>(table, layer - 1) - low) * unit<T>() + low
}

/** Marsaglia's method for the tail: exponential draws that are accepted where they lie below the density. */
function normalTail<T>(integer: u64): T {
  const tail = <T>NORMAL_TAIL
  while (true) {
    const x = <T>(1 / NORMAL_TAIL) * inverse<T>()
    const y = inverse<T>()
    if (y + y > x * x) return (integer >> 8) & 1 ? -(tail + x) : tail + x
  }
}

/** An exponential draw by inversion of the distribution function. */
function inverse<T>(): T {
  const u = unit<T>()
  return sizeof<T>() === 8 ? -(<T>NativeMath.log1p(-(<f64>u))) : -(<T>NativeMathf.log1p(-(<f32>u)))
}

/** A word, less its lowest bits: layer in the lowest 8 bits, then an integer. */
@unmanaged
export class Exponential {
  @inline row<T>(bits: u64): usize {
    return rowOf<T>(EXPONENTIAL, <usize>((bits >> (sizeof<T>() === 8 ? 3 : 1)) & 255))
  }

  @inline integer<T>(bits: u64): u64 {
    return bits >> (sizeof<T>() === 8 ? 11 : 9)
  }

  @inline value<T>(bits: u64, row: usize): T {
    return <T>(<i64>this.integer<T>(bits)) * width<T>(row)
  }

  otherwise<T>(bits: u64): T {
    while (true) {
      const layer = <usize>((bits >> (sizeof<T>() === 8 ? 3 : 1)) & 255)
      if (!layer) return <T>EXPONENTIAL_TAIL + inverse<T>()
      const x = this.value<T>(bits, this.row<T>(bits))
      if (between<T>(EXPONENTIAL, layer) < <T>NativeMath.exp(-(<f64>x))) return x
      bits = word<T>()
      const row = this.row<T>(bits)
      if (this.integer<T>(bits) < widest<T>(row)) return this.value<T>(bits, row)
    }
  }
}

/** One draw. */
export function one<T, Shape>(): T {
  const shape = changetype<Shape>(0)
  const bits = word<T>()
  const row = shape.row<T>(bits)
  return shape.integer<T>(bits) < widest<T>(row) ? shape.value<T>(bits, row) : shape.otherwise<T>(bits)
}

/** Writes `count` draws to `out`: in passes over the stage, each up to the first word that is not settled. */
export function all<T, Shape>(out: usize, count: u32): void {
  const end = out + count * sizeof<T>()
  while (out < end) {
    const left = <u32>(end - out) / sizeof<T>()
    const words = ready(left)
    const settled = pass<T, Shape>(out, take(0), words)
    out += settled * sizeof<T>()
    take(min(settled + 1, words))
    if (settled === words) continue
    foresee(left - settled)
    store<T>(out, changetype<Shape>(0).otherwise<T>(unsettled))
    out += sizeof<T>()
  }
}

/** The word that ended a pass. */
let unsettled: u64 = 0

/** Writes the draws of words until one is not settled; returns how many. */
function pass<T, Shape>(out: usize, from: usize, words: u32): u32 {
  const shape = changetype<Shape>(0)
  for (let i: u32 = 0; i < words; i++) {
    const bits = sizeof<T>() === 8 ? load<u64>(from) : <u64>load<u32>(from)
    const row = shape.row<T>(bits)
    if (shape.integer<T>(bits) >= widest<T>(row)) {
      unsettled = bits
      return i
    }
    store<T>(out, shape.value<T>(bits, row))
    from += sizeof<T>()
    out += sizeof<T>()
  }
  return words
}
