import type { StepName } from '../protocol.ts'

/** The article's own figures, with NumPy on its author's machine, in MiB. */
export const ARTICLE: Readonly<Record<StepName | 'peak', number>> = {
  start: 29.7,
  create: 487.6,
  filter: 487.6,
  peak: 602.1,
  release: 29.9,
}
