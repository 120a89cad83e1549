/** Elements and two bounds, in one pass: between them, or how many of them are below. */
import { idle } from './chunks'
import { relationLoop } from './compare'
import { iterate, Loop, pointer, setRow, stride } from './iterate'

/** Elements whose first comparison is kept while the second one runs. */
const PIECE: u32 = 2048
const scratch: usize = memory.data(PIECE, 16)

let relation: Loop = idle
/** Whether an element is to be between the bounds, not above each. */
let between: bool = false

function bands(count: u32): void {
  const out = pointer(0)
  const a = pointer(1)
  const low = pointer(2)
  const high = pointer(3)
  const step = stride(0)
  const stepA = stride(1)
  const stepLow = stride(2)
  const stepHigh = stride(3)
  for (let done: u32 = 0; done < count; done += PIECE) {
    const length = min(PIECE, count - done)
    const at = a + done * stepA
    const limit = high + done * stepHigh
    const to = out + done * step
    relate(scratch, 1, low + done * stepLow, stepLow, at, stepA, length)
    if (between) relate(to, step, at, stepA, limit, stepHigh, length)
    else relate(to, step, limit, stepHigh, at, stepA, length)
    combine(to, step, length)
  }
  setRow(0, out, step)
  setRow(1, a, stepA)
  setRow(2, low, stepLow)
}

function relate(out: usize, step: i32, x: usize, stepX: i32, y: usize, stepY: i32, count: u32): void {
  setRow(0, out, step)
  setRow(1, x, stepX)
  setRow(2, y, stepY)
  relation(count)
}

/** Joins the first comparison to the second: both hold, or the number of those that hold. */
function combine(out: usize, step: i32, count: u32): void {
  let i: u32 = 0
  if (step === 1) {
    for (; i + 16 <= count; i += 16) {
      const first = v128.load(scratch + i)
      const second = v128.load(out + i)
      v128.store(out + i, between ? v128.and(first, second) : i8x16.add(first, second))
    }
  }
  for (; i < count; i++) {
    const at = out + i * step
    const first = load<u8>(scratch + i)
    store<u8>(at, between ? load<u8>(at) & first : load<u8>(at) + first)
  }
}

/**
 * Operands: out (bytes), a, low, high, of one dtype. `inside`: 1 where low ⟨relation⟩ a ⟨relation⟩ high, else
 * 0; otherwise how many of low ⟨relation⟩ a and high ⟨relation⟩ a hold. out may be a.
 */
export function compareTwice(code: u32, inside: bool, dtype: u32): void {
  relation = relationLoop(code, false, dtype)
  between = inside
  iterate(bands, 4)
}
