import type { PadMode } from '../functions/pad.ts'

/** What lies behind an image's ends: c b a|a b c|c b a, c b|a b c|b a, a a|a b c|c c, b c|a b c|a b, cval. */
export type BorderMode = 'reflect' | 'mirror' | 'nearest' | 'wrap' | 'constant'

/** What lies behind an image's ends; `cval` in mode 'constant'. */
export interface Border {
  readonly mode: BorderMode
  readonly cval: number
}

/** The kernel's code of each mode (assembly/kernels/windows-line.ts), and what `pad` calls it. */
export const BORDERS: Readonly<Record<BorderMode, { readonly code: number; readonly pad: PadMode }>> = {
  reflect: { code: 0, pad: 'symmetric' },
  mirror: { code: 1, pad: 'reflect' },
  nearest: { code: 2, pad: 'edge' },
  wrap: { code: 3, pad: 'wrap' },
  constant: { code: 4, pad: 'constant' },
}
