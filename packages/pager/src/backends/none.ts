import type { PageOperations } from '../pager.ts'

/** Gives nothing back, and says so; the pager fills with zeros. What a browser has until engines have more. */
export function none(): PageOperations {
  return { discard: () => false, adviseHugePages: () => false }
}
