/** Choosing by a threshold, in place or not: out = relation(a, t) ? x : y. */
import { select } from './dispatch'
import { iterate, Loop, pointer, stride } from './iterate'
import { Equal, Greater, LessEqual } from './relation'
import { splat } from './scalar'

/** The relations' codes. The host turns the others into these by the neighbouring threshold. */
export namespace Test {
  export const EQUAL: u32 = 0
  export const GREATER: u32 = 1
  export const LESS_EQUAL: u32 = 2
}

@unmanaged
class Choose<R> {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    let done: u32 = 0
    if (stride(0) === size && stride(1) === size && stride(2) === 0) {
      if (stride(3) === 0 && stride(4) === size && pointer(4) === pointer(1)) {
        done = replace<T, R>(count)
      } else if ((stride(3) === 0 || stride(3) === size) && (stride(4) === 0 || stride(4) === size)) {
        done = chooseVectors<T, R>(count)
      }
    }
    const t = load<T>(pointer(2))
    let out = pointer(0) + done * stride(0)
    let a = pointer(1) + done * stride(1)
    let x = pointer(3) + done * stride(3)
    let y = pointer(4) + done * stride(4)
    for (let i = done; i < count; i++) {
      store<T>(out, changetype<R>(0).test<T>(load<T>(a), t) ? load<T>(x) : load<T>(y))
      out += stride(0)
      a += stride(1)
      x += stride(3)
      y += stride(4)
    }
  }
}

/** x repeats and y is a itself: the filter `a[relation(a, t)] = x`. Returns the elements done. */
function replace<T, R>(count: u32): u32 {
  const lanes: u32 = 16 / sizeof<T>()
  const t = v128.splat<T>(load<T>(pointer(2)))
  const x = v128.splat<T>(load<T>(pointer(3)))
  let out = pointer(0)
  let a = pointer(1)
  let i: u32 = 0
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    const a0 = v128.load(a)
    const a1 = v128.load(a, 16)
    const a2 = v128.load(a, 32)
    const a3 = v128.load(a, 48)
    v128.store(out, v128.bitselect(x, a0, changetype<R>(0).lanes<T>(a0, t)))
    v128.store(out, v128.bitselect(x, a1, changetype<R>(0).lanes<T>(a1, t)), 16)
    v128.store(out, v128.bitselect(x, a2, changetype<R>(0).lanes<T>(a2, t)), 32)
    v128.store(out, v128.bitselect(x, a3, changetype<R>(0).lanes<T>(a3, t)), 48)
    a += 64
    out += 64
  }
  return i
}

/** x and y each repeat or run along. Returns the elements done. */
function chooseVectors<T, R>(count: u32): u32 {
  const lanes: u32 = 16 / sizeof<T>()
  const t = v128.splat<T>(load<T>(pointer(2)))
  const nextX: usize = stride(3) ? 16 : 0
  const nextY: usize = stride(4) ? 16 : 0
  let x = nextX ? pointer(3) : splat<T>(3, pointer(3))
  let y = nextY ? pointer(4) : splat<T>(4, pointer(4))
  let out = pointer(0)
  let a = pointer(1)
  let i: u32 = 0
  // Of short elements, the loop itself is what takes time.
  if (sizeof<T>() <= 2) {
    for (; i + 4 * lanes <= count; i += 4 * lanes) {
      chooseAt<T, R>(out, a, x, y, t)
      chooseAt<T, R>(out + 16, a + 16, x + nextX, y + nextY, t)
      chooseAt<T, R>(out + 32, a + 32, x + 2 * nextX, y + 2 * nextY, t)
      chooseAt<T, R>(out + 48, a + 48, x + 3 * nextX, y + 3 * nextY, t)
      a += 64
      out += 64
      x += 4 * nextX
      y += 4 * nextY
    }
  }
  for (; i + lanes <= count; i += lanes) {
    chooseAt<T, R>(out, a, x, y, t)
    a += 16
    out += 16
    x += nextX
    y += nextY
  }
  return i
}

/** One vector of each. */
function chooseAt<T, R>(out: usize, a: usize, x: usize, y: usize, t: v128): void {
  const mask = changetype<R>(0).lanes<T>(v128.load(a), t)
  v128.store(out, v128.bitselect(v128.load(x), v128.load(y), mask))
}

function loopOf(test: u32, dtype: u32): Loop {
  switch (test) {
    case Test.GREATER:
      return select<Choose<Greater>>(dtype)
    case Test.LESS_EQUAL:
      return select<Choose<LessEqual>>(dtype)
    default:
      return select<Choose<Equal>>(dtype)
  }
}

/** Operands: out, a, t (one element), x, y, all of one dtype. out may be a, x or y. */
export function choose(test: u32, dtype: u32): void {
  iterate(loopOf(test, dtype), 5)
}
