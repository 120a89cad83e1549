import { builtin, isLinux } from './host.ts'
import { ancestors, fieldBytes, parseControlGroups, parseLimit } from './proc.ts'
import { readText } from './read-text.ts'

/** The memory of the machine, in bytes. All but `limit` are NaN where the runtime tells
 * none of it: in a browser, and under Deno without the permission to look. */
export interface SystemMemory {
  /** Physical memory of the machine (MemTotal). */
  total: number
  /** total − available. */
  used: number
  /** Used for nothing at all (MemFree); elsewhere than on Linux the same as `available`. */
  free: number
  /** What could be allocated without swapping: free, and what the caches would give back (MemAvailable). */
  available: number
  /** The limit of the container (control group, version 1 or 2) or of any around it; undefined where none is set. */
  limit: number | undefined
}

/** Reads the memory of the machine and the limit that the container sets. */
export function systemMemory(): SystemMemory {
  const text = isLinux() ? (readText('/proc/meminfo') ?? '') : ''
  const total = fieldBytes(text, 'MemTotal') ?? osFigure('totalmem')
  const free = fieldBytes(text, 'MemFree') ?? osFigure('freemem')
  const available = fieldBytes(text, 'MemAvailable') ?? osFigure('freemem')
  return { total, used: total - available, free, available, limit: isLinux() ? containerLimit() : undefined }
}

/** NaN in a browser, and under Deno without --allow-sys. */
function osFigure(name: 'totalmem' | 'freemem'): number {
  try {
    return builtin('node:os')?.[name]() ?? Number.NaN
  } catch {
    return Number.NaN
  }
}

/** Where control groups are mounted, by version and then by custom. */
const UNIFIED_MOUNTS = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified']
const MEMORY_MOUNTS = ['/sys/fs/cgroup/memory']

/**
 * The lowest limit on the way from this process's group up to the root. Inside a container the path may be
 * that of the host, of which only the root is mounted: files that are not there are passed over.
 */
export function containerLimit(read: (path: string) => string | undefined = readText): number | undefined {
  const groups = parseControlGroups(read('/proc/self/cgroup') ?? '')
  const limits = [
    ...limitFiles(UNIFIED_MOUNTS, groups.unified, 'memory.max'),
    ...limitFiles(MEMORY_MOUNTS, groups.memory, 'memory.limit_in_bytes'),
  ].flatMap(file => parseLimit(read(file) ?? '') ?? [])
  return limits.length === 0 ? undefined : Math.min(...limits)
}

function limitFiles(mounts: string[], path: string | undefined, file: string): string[] {
  if (path === undefined) return []
  return mounts.flatMap(mount =>
    ancestors(path).map(group => `${mount}${group === '/' ? '' : group}/${file}`),
  )
}
