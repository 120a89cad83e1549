import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { containerLimit, systemMemory } from './system-memory.ts'

const limitOf = (files: Record<string, string>) => containerLimit(path => files[path])

describe('containerLimit', () => {
  it('is the lowest on the way up (version 2)', () => {
    expect(
      limitOf({
        '/proc/self/cgroup': '0::/pod/task\n',
        '/sys/fs/cgroup/pod/task/memory.max': 'max\n',
        '/sys/fs/cgroup/pod/memory.max': '1000000\n',
        '/sys/fs/cgroup/memory.max': '2000000\n',
      }),
    ).toBe(1_000_000)
  })

  it('reads version 1, and passes over what says unlimited', () => {
    expect(
      limitOf({
        '/proc/self/cgroup': '4:memory:/docker/ab\n0::/\n',
        '/sys/fs/cgroup/memory/docker/ab/memory.limit_in_bytes': '536870912\n',
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
      }),
    ).toBe(536_870_912)
  })

  it("finds the container's own root where the path is that of the host", () => {
    expect(
      limitOf({
        '/proc/self/cgroup': '0::/host/docker/ab\n',
        '/sys/fs/cgroup/memory.max': '268435456\n',
      }),
    ).toBe(268_435_456)
  })

  it.each<[string, Record<string, string>]>([
    ['no control groups', {}],
    ['no limit', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/memory.max': 'max\n' }],
    ['nonsense', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/memory.max': 'a lot\n' }],
  ])('is undefined with %s', (_, files) => {
    expect(limitOf(files)).toBeUndefined()
  })
})

describe('systemMemory', () => {
  it('balances', () => {
    const { total, used, free, available } = systemMemory()
    expect(used + available).toBe(total)
    expect(free).toBeGreaterThan(0)
    expect(free).toBeLessThanOrEqual(total)
    expect(available).toBeLessThanOrEqual(total)
  })

  it.each(process.platform === 'linux' ? ['/proc/meminfo'] : [])('has the total of %s', file => {
    const kib = /MemTotal: +(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1]
    expect(systemMemory().total).toBe(Number(kib) * 1024)
  })
})
