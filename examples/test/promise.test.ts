import { describe, expect, it } from 'vitest'
import { patternOf, promisedLines } from './promise.ts'

const SOURCE = `/**
 * What it shows.
 *
 * Prints (as a rule):
 *
 *     a = 1
 *       indented
 */
console.log('    not this')
`

describe('a promise', () => {
  it('is the indented lines behind "Prints"', () => {
    expect(promisedLines(SOURCE)).toEqual(['a = 1', '  indented'])
  })

  it.each([
    ['no comment', 'console.log(1)'],
    ['no Prints', '/**\n * Shows.\n *\n *     a\n */'],
    ['no lines', '/**\n * Prints:\n *\n */'],
  ])('must be made: %s', (_, source) => {
    expect(() => promisedLines(source)).toThrow(/comment/)
  })

  it.each<[string[], string, boolean]>([
    [['a (1)'], 'a (1)\n', true],
    [['a (1)'], 'a 1\n', false],
    [['a'], 'a\nb\n', false],
    [['a', 'b'], 'a\n', false],
    [['a <n> b'], 'a -1,024.5 b\n', true],
    [['a <n> b'], 'a x b\n', false],
    [['[…]'], '[abc]\n', true],
    [['[…]'], '[ab\nc]\n', false],
    [['a', '…', 'b'], 'a\nb\n', true],
    [['a', '…', 'b'], 'a\n1\n2\nb\n', true],
    [['a', '…', 'b'], 'a\n1\n2\n', false],
  ])('%j is kept by %j: %s', (lines, output, kept) => {
    expect(patternOf(lines).test(output)).toBe(kept)
  })
})
