/**
 * Reads the texts of /proc and of the control groups: a text in, numbers out, in bytes. What is missing or
 * malformed is undefined, never a wrong number.
 */

/** "Name:   1234 kB" → bytes. /proc writes kB and means KiB. The name must begin a line. */
export function fieldBytes(text: string, name: string): number | undefined {
  const label = `${name}:`
  let at = text.startsWith(label) ? 0 : text.indexOf(`\n${label}`)
  if (at < 0) return undefined
  at += at === 0 && text.startsWith(label) ? label.length : label.length + 1
  const end = text.indexOf('\n', at)
  // Without its line's end the number may have been cut short.
  if (end < 0) return undefined
  const match = /^\s*(\d+) kB\s*$/.exec(text.slice(at, end))
  return match === null ? undefined : safeBytes(Number(match[1]) * 1024)
}

/** Where this process stands in the hierarchies of control groups; each path begins with a slash. */
export interface ControlGroups {
  /** In the unified hierarchy of version 2. */
  unified: string | undefined
  /** In the hierarchy of version 1 that has the memory controller. */
  memory: string | undefined
}

/** Parses /proc/self/cgroup: lines of "id:controllers:path". */
export function parseControlGroups(text: string): ControlGroups {
  const groups: ControlGroups = { unified: undefined, memory: undefined }
  for (const line of text.split('\n')) {
    const match = /^(\d+):([^:]*):(\/.*)$/.exec(line)
    if (match === null) continue
    const [, id, controllers = '', path] = match
    if (id === '0' && controllers === '') groups.unified = path
    else if (controllers.split(',').includes('memory')) groups.memory = path
  }
  return groups
}

/** '/a/b' → '/a/b', '/a', '/': a group is bound by the limits of all above it. */
export function ancestors(path: string): string[] {
  const parts = path.split('/').filter(part => part !== '')
  return Array.from(
    { length: parts.length + 1 },
    (_, up) => `/${parts.slice(0, parts.length - up).join('/')}`,
  )
}

/**
 * Parses a limit in bytes: memory.max or memory.limit_in_bytes. "max", and the figure near 2⁶³ by which
 * version 1 says the same, are no limit: undefined.
 */
export function parseLimit(text: string): number | undefined {
  const match = /^(\d+)\s*$/.exec(text)
  return match === null ? undefined : safeBytes(Number(match[1]))
}

function safeBytes(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined
}
