/**
 * What a mask selects, packed in C order: elements, or where they are. A block of 16 is written without a
 * branch on its bits: each element goes to the cursor, and only one that is selected moves it on. What is
 * written behind the cursor is overwritten by the next, so this needs room that is still to be filled.
 */
import { selectBySize } from './dispatch'
import { iterate, Loop, pointer, stride } from './iterate'

/** Where the next selected element goes, the bytes to the one behind it, and how many are still to come. */
let cursor: usize = 0
let step: u32 = 0
let room: u32 = 0

/** Selects the elements themselves. */
@unmanaged
class Element {
  @inline read<T>(at: usize): T {
    return load<T>(at)
  }

  /** Whether sixteen, and four, can be read as vectors. */
  @inline inVectors(stride: i32, bytes: i32): bool {
    return stride === bytes
  }

  @inline sixteen<T>(out: usize, at: usize, stride: i32): void {
    for (let k: usize = 0; k < 16 * sizeof<T>(); k += 16) v128.store(out + k, v128.load(at + k))
  }

  @inline four(at: usize, stride: i32): v128 {
    return v128.load(at)
  }
}

/** Selects the addresses. */
@unmanaged
class Address {
  @inline read<T>(at: usize): T {
    return <T>at
  }

  @inline inVectors(stride: i32, bytes: i32): bool {
    return true
  }

  @inline sixteen<T>(out: usize, at: usize, stride: i32): void {
    for (let k: usize = 0; k < 16; k++) {
      store<T>(out + k * sizeof<T>(), <T>at)
      at += stride
    }
  }

  @inline four(at: usize, stride: i32): v128 {
    return i32x4.add(i32x4.splat(<i32>at), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(stride)))
  }
}

@unmanaged
class Compress<Source> {
  run<T>(count: u32): void {
    let mask = pointer(1)
    let from = pointer(2)
    let out = cursor
    let left = room
    let i: u32 = 0
    if (stride(1) === 1) {
      const along = stride(2)
      const packed = step === sizeof<T>() && changetype<Source>(0).inVectors(along, sizeof<T>())
      const outStep = step
      for (; i + 16 <= count; i += 16) {
        const bytes = i8x16.ne(v128.load(mask), i8x16.splat(0))
        if (v128.any_true(bytes)) {
          const bits = <u32>i8x16.bitmask(bytes)
          const taken = <u32>popcnt(bits)
          // Four lanes are written at once, whatever is selected.
          if (left < taken + 4) break
          if (packed && taken === 16) changetype<Source>(0).sixteen<T>(out, from, along)
          else if (packed && sizeof<T>() === 4) packVectors<Source>(out, from, along, bits)
          else pack<T, Source>(out, from, along, mask, outStep)
          out += taken * outStep
          left -= taken
        }
        mask += 16
        from += along * 16
      }
    }
    for (; i < count && left > 0; i++) {
      store<T>(out, changetype<Source>(0).read<T>(from))
      const taken = u32(load<u8>(mask) !== 0)
      out += step * taken
      left -= taken
      mask += stride(1)
      from += stride(2)
    }
    cursor = out
    room = left
  }
}

/** Sixteen elements one by one. */
function pack<T, Source>(out: usize, from: usize, along: i32, mask: usize, outStep: u32): void {
  for (let k: usize = 0; k < 16; k++) {
    store<T>(out, changetype<Source>(0).read<T>(from))
    out += outStep * u32(load<u8>(mask + k) !== 0)
    from += along
  }
}

/** Sixteen elements of four bytes, four at once. */
function packVectors<Source>(out: usize, from: usize, along: i32, bits: u32): void {
  for (let k: u32 = 0; k < 4; k++) {
    const four = bits & 15
    v128.store(out, i8x16.swizzle(changetype<Source>(0).four(from, along), v128.load(packing + (four << 4))))
    out += (<usize>popcnt(four)) << 2
    from += along << 2
    bits >>= 4
  }
}

/** For each set of four lanes the vector of byte indices that moves them to the front. */
const packing: usize = memory.data(16 * 16, 16)
let packingMade: bool = false

function makePacking(): void {
  if (packingMade) return
  for (let four: u32 = 0; four < 16; four++) {
    let at = packing + (four << 4)
    for (let lane: u32 = 0; lane < 4; lane++) {
      if (((four >> lane) & 1) === 0) continue
      store<u32>(at, 0x03020100 + lane * 0x04040404)
      at += 4
    }
  }
  packingMade = true
}

function run(loop: Loop, out: usize, outStep: u32, count: u32): void {
  makePacking()
  cursor = out
  step = outStep
  room = count
  if (count > 0) iterate(loop, 3)
}

/**
 * Operands: positions in C order (steps only, for the order of the walk), mask (bool, with `count` true
 * elements), in (of `bytes` bytes). Writes the selected elements from `out` on, `outStep` bytes apart.
 */
export function compress(bytes: u32, out: usize, outStep: u32, count: u32): void {
  run(selectBySize<Compress<Element>>(bytes), out, outStep, count)
}

/** As `compress`, but writes the addresses in the third operand, as u32 (`bytes` 4) or 64-bit integers. */
export function locate(bytes: u32, out: usize, outStep: u32, count: u32): void {
  const loop: Loop =
    bytes === 4
      ? count => changetype<Compress<Address>>(0).run<u32>(count)
      : count => changetype<Compress<Address>>(0).run<u64>(count)
  run(loop, out, outStep, count)
}
