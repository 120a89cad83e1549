/** Products: of integers in i64, wrapping; of floats in f64. */
import { rowStep, rows, TILE, tile } from './fold'
import { pointer, stride } from './iterate'
import { strip } from './strip'

export function beginIntegerProduct(count: u32): void {
  for (let i: u32 = 0; i < count; i++) store<i64>(tile + (i << 3), 1)
}

export function beginFloatProduct(count: u32): void {
  for (let i: u32 = 0; i < count; i++) store<f64>(tile + (i << 3), 1)
}

/** W is f64 or i64. */
@unmanaged
export class Product<W> {
  along(count: u32): void {
    let product = load<W>(tile)
    let from = pointer(0)
    for (let i: u32 = 0; i < count; i += TILE) {
      const length = min(TILE, count - i)
      product *= productOf<W>(strip(from, stride(0), length), length)
      from += stride(0) * TILE
    }
    store<W>(tile, product)
  }

  across(count: u32): void {
    let from = pointer(0)
    for (let row: u32 = 0; row < rows; row++) {
      for (let i: u32 = 0; i < count; i += TILE) {
        const length = min(TILE, count - i)
        multiplyTile<W>(tile + (i << 3), strip(from + i * stride(0), stride(0), length), length)
      }
      from += rowStep
    }
  }
}

/** Four products side by side do not wait for each other. */
function productOf<W>(from: usize, count: u32): W {
  let a: W = 1
  let b: W = 1
  let c: W = 1
  let d: W = 1
  let i: u32 = 0
  for (; i + 4 <= count; i += 4) {
    a *= load<W>(from)
    b *= load<W>(from, 8)
    c *= load<W>(from, 16)
    d *= load<W>(from, 24)
    from += 32
  }
  for (; i < count; i++) {
    a *= load<W>(from)
    from += 8
  }
  return a * b * (c * d)
}

/** to *= from. */
function multiplyTile<W>(to: usize, from: usize, count: u32): void {
  let i: u32 = 0
  for (; i + 2 <= count; i += 2) {
    const at = to + (i << 3)
    v128.store(at, v128.mul<W>(v128.load(at), v128.load(from + (i << 3))))
  }
  for (; i < count; i++) store<W>(to + (i << 3), load<W>(to + (i << 3)) * load<W>(from + (i << 3)))
}
