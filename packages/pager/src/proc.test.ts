import { describe, expect, it } from 'vitest'
import { ancestors, fieldBytes, parseControlGroups, parseLimit } from './proc.ts'

const status = `Name:	node
VmPeak:	 1048580 kB
VmSize:	 1048576 kB
VmHWM:	   45728 kB
VmRSS:	   45724 kB
RssAnon:	     112 kB
VmPTE:	      48 kB
VmSwap:	       0 kB
Threads:	1
`

describe('fieldBytes', () => {
  it.each([
    ['VmRSS', 45_724 * 1024],
    ['VmHWM', 45_728 * 1024],
    ['VmPeak', 1_048_580 * 1024],
    ['VmSwap', 0],
  ])('reads %s in bytes', (name, bytes) => {
    expect(fieldBytes(status, name)).toBe(bytes)
  })

  it('reads a field of the first line', () => {
    expect(fieldBytes('MemTotal:       24684092 kB\nMemFree: 1 kB\n', 'MemTotal')).toBe(24_684_092 * 1024)
  })

  it('is not misled by a longer name, nor by a name inside a line', () => {
    expect(fieldBytes('XVmRSS: 1 kB\nName: VmRSS: 2 kB\nVmRSSX: 3 kB\nVmRSS: 4 kB\n', 'VmRSS')).toBe(4096)
    expect(fieldBytes('AVmRSS: 1 kB\n', 'VmRSS')).toBeUndefined()
  })

  it.each([
    ['an empty text', ''],
    ['another field only', 'VmSize: 5 kB\n'],
    ['no number', 'VmRSS:\t kB\n'],
    ['a negative number', 'VmRSS:\t -5 kB\n'],
    ['another unit', 'VmRSS:\t 5 MB\n'],
    ['no unit', 'VmRSS:\t 5\n'],
    ['a line cut short', 'VmRSS:\t 457'],
    ['a number with words behind', 'VmRSS:\t 5 kB or so\n'],
    ['a number too large to be exact', 'VmRSS:\t 99999999999999999999 kB\n'],
  ])('is undefined for %s', (_, text) => {
    expect(fieldBytes(text, 'VmRSS')).toBeUndefined()
  })
})

describe('parseControlGroups', () => {
  it('reads version 2', () => {
    expect(parseControlGroups('0::/user.slice/session-1.scope\n')).toEqual({
      unified: '/user.slice/session-1.scope',
      memory: undefined,
    })
  })

  it('reads version 1 beside version 2', () => {
    const text = '9:name=systemd:/\n4:cpu,memory:/docker/ab\n5:memory_hole:/wrong\n0::/\n'
    expect(parseControlGroups(text)).toEqual({ unified: '/', memory: '/docker/ab' })
  })

  it('keeps a colon in a path', () => {
    expect(parseControlGroups('0::/a:b\n').unified).toBe('/a:b')
  })

  it.each(['', 'nonsense', '::', '0:memory', 'x::/a\n', '4:memory:relative\n'])('finds none in %j', text => {
    expect(parseControlGroups(text)).toEqual({ unified: undefined, memory: undefined })
  })
})

describe('ancestors', () => {
  it.each([
    ['/', ['/']],
    ['/a', ['/a', '/']],
    ['/a/b/', ['/a/b', '/a', '/']],
  ])('of %s', (path, expected) => {
    expect(ancestors(path)).toEqual(expected)
  })
})

describe('parseLimit', () => {
  it.each([
    ['536870912\n', 536_870_912],
    ['0\n', 0],
    ['max\n', undefined],
    ['9223372036854771712\n', undefined],
    ['', undefined],
    ['-1\n', undefined],
    ['12 34\n', undefined],
    ['1e9\n', undefined],
  ])('of %j is %s', (text, bytes) => {
    expect(parseLimit(text)).toBe(bytes)
  })
})
