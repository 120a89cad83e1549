/** Inner products along lines: the sum of products of two operands. */
import { sizeOf } from './assign'
import { idle, inChunks } from './chunks'
import { selectWrapping } from './dispatch'
import { iterate, Loop, pointer, stride } from './iterate'

/** Products that are summed before they are added to the sums of the blocks before: the error grows with their number. */
const BLOCK: u32 = 1024

/** The line's elements that come next, and the bytes to those behind them. */
let a: usize = 0
let b: usize = 0
let aStep: i32 = 0
let bStep: i32 = 0
/** Elements of a line. */
let length: u32 = 0
/** Where the sum goes, and its bytes. */
let out: usize = 0
let bytes: u32 = 0
let along: Loop = idle

/** A vector, taken apart. */
const scratch: usize = memory.data(16, 16)

@unmanaged
class Dot {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    let total = load<T>(out)
    for (let done: u32 = 0; done < count; done += BLOCK) {
      const part = min(BLOCK, count - done)
      if (sizeof<T>() > 1 && aStep === size && bStep === size) total += dotVectors<T>(part)
      else total += dotScalars<T>(part)
    }
    store<T>(out, total)
  }
}

function dotScalars<T>(count: u32): T {
  let even: T = 0
  let odd: T = 0
  let i: u32 = 0
  for (; i + 2 <= count; i += 2) {
    even += load<T>(a) * load<T>(b)
    odd += load<T>(a + aStep) * load<T>(b + bStep)
    a += 2 * aStep
    b += 2 * bStep
  }
  if (i < count) {
    even += load<T>(a) * load<T>(b)
    a += aStep
    b += bStep
  }
  return even + odd
}

/** Four vectors of sums side by side. */
function dotVectors<T>(count: u32): T {
  if (sizeof<T>() === 1) return 0
  else {
    const lanes: u32 = 16 / sizeof<T>()
    let s0 = v128.splat<T>(0)
    let s1 = s0
    let s2 = s0
    let s3 = s0
    let i: u32 = 0
    for (; i + 4 * lanes <= count; i += 4 * lanes) {
      s0 = v128.add<T>(s0, v128.mul<T>(v128.load(a), v128.load(b)))
      s1 = v128.add<T>(s1, v128.mul<T>(v128.load(a, 16), v128.load(b, 16)))
      s2 = v128.add<T>(s2, v128.mul<T>(v128.load(a, 32), v128.load(b, 32)))
      s3 = v128.add<T>(s3, v128.mul<T>(v128.load(a, 48), v128.load(b, 48)))
      a += 64
      b += 64
    }
    v128.store(scratch, v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)))
    let sum = dotScalars<T>(count - i)
    for (let lane: u32 = 0; lane < lanes; lane++) sum += load<T>(scratch + lane * sizeof<T>())
    return sum
  }
}

function dotLines(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    out = pointer(0) + i * stride(0)
    a = pointer(1) + i * stride(1)
    b = pointer(2) + i * stride(2)
    memory.fill(out, 0, bytes)
    inChunks(along, length)
  }
}

/** Operands: out, a, b, of one dtype, over the other axes. Steps are in bytes; an empty line makes 0. */
export function dot(dtype: u32, count: u32, stepA: i32, stepB: i32): void {
  length = count
  aStep = stepA
  bStep = stepB
  bytes = sizeOf(dtype)
  along = selectWrapping<Dot>(dtype)
  iterate(dotLines, 3)
}
