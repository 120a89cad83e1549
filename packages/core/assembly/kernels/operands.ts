import { descriptor } from './iterate'
import { scalars } from './scalar'

/** Where the host writes shape, pointers and strides (see kernels/iterate.ts). */
export function operands(): usize {
  return descriptor
}

/** Where scalars cross the border (see kernels/scalar.ts). */
export function scalarSlots(): usize {
  return scalars
}
