/** Of vectors of integers, as seen in integers of half their width, `W`: those of `a` come first. */
@unmanaged
export class Halves {
  @inline lower<W>(a: v128, b: v128): v128 {
    if (sizeof<W>() === 4) return v128.shuffle<u32>(a, b, 0, 2, 4, 6)
    if (sizeof<W>() === 2) return v128.shuffle<u16>(a, b, 0, 2, 4, 6, 8, 10, 12, 14)
    return v128.shuffle<u8>(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
  }

  @inline upper<W>(a: v128, b: v128): v128 {
    if (sizeof<W>() === 4) return v128.shuffle<u32>(a, b, 1, 3, 5, 7)
    if (sizeof<W>() === 2) return v128.shuffle<u16>(a, b, 1, 3, 5, 7, 9, 11, 13, 15)
    return v128.shuffle<u8>(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)
  }
}
