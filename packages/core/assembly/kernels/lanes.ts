/** How a loop reads an operand in vectors: `at` is where it is, `held` a vector filled with its first element. */

/** One vector behind the other. */
@unmanaged
export class Along {
  @inline vector(at: usize, _held: v128, k: usize): v128 {
    return v128.load(at + (k << 4))
  }
}

/** The same element again and again: it stays in a register. */
@unmanaged
export class Repeated {
  @inline vector(_at: usize, held: v128, _k: usize): v128 {
    return held
  }
}
