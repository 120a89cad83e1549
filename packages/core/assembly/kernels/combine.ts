/** Neighbours combined: running sums and products, differences. */
import { iterate, Loop, pointer, stride } from './iterate'
import { selectByBits } from './strip'

/** The operations' codes. */
export namespace Combination {
  export const ADD: u32 = 0
  export const MULTIPLY: u32 = 1
  export const SUBTRACT: u32 = 2
}

@unmanaged
class Add {
  @inline of<T>(a: T, b: T): T {
    return a + b
  }
}

@unmanaged
class Multiply {
  @inline of<T>(a: T, b: T): T {
    return a * b
  }
}

@unmanaged
class Subtract {
  @inline of<T>(a: T, b: T): T {
    return a - b
  }
}

/** out = a op b in the order of the elements: a may be what was written just before. */
@unmanaged
class Combine<Op> {
  run<T>(count: u32): void {
    let out = pointer(0)
    let a = pointer(1)
    let b = pointer(2)
    const follows = a + stride(0) === out && stride(1) === stride(0)
    let last = load<T>(a)
    for (let i: u32 = 0; i < count; i++) {
      // A running value need not come back from memory.
      last = changetype<Op>(0).of<T>(follows ? last : load<T>(a), load<T>(b))
      store<T>(out, last)
      out += stride(0)
      a += stride(1)
      b += stride(2)
    }
  }
}

function loopOf(combination: u32, dtype: u32): Loop {
  if (combination === Combination.ADD) return selectByBits<Combine<Add>>(dtype)
  if (combination === Combination.MULTIPLY) return selectByBits<Combine<Multiply>>(dtype)
  return selectByBits<Combine<Subtract>>(dtype)
}

/** Operands: out, a, b, of one dtype. */
export function combine(combination: u32, dtype: u32): void {
  iterate(loopOf(combination, dtype), 3)
}
