import { mib } from '../report.ts'
import type { Machine } from '../result.ts'

/** The machine in a sentence: what it is, not what was free on it. */
export function machineText({ processor, platform, total, limit, node, pager }: Machine): string {
  const memory = total === null ? '' : `, ${mib(total, 0)} MiB`
  const bound = limit === null ? '' : ` (limit ${mib(limit, 0)} MiB)`
  return `${processor}${memory}${bound}, ${platform}, Node ${node}, pager: ${pager}.`
}
