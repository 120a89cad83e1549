import { expect, test } from 'vitest'
import { Failure } from '../src/failure.ts'
import { helpText, parseOptions } from '../src/options.ts'

test("without flags it is the article's experiment", () => {
  expect(parseOptions([])).toEqual({
    shape: [400, 500, 600],
    dtype: 'int32',
    threshold: 2800,
    seed: 0,
    rounds: 1,
    json: false,
    numpy: true,
    peer: true,
    help: false,
  })
})

test.each(['40,50,60', '40x50x60', '40×50×60', ' 40, 50, 60 '])('--shape %s', text => {
  expect(parseOptions(['--shape', text]).shape).toEqual([40, 50, 60])
})

test('a shape may have one axis', () => {
  expect(parseOptions(['--shape=7']).shape).toEqual([7])
})

test.each([
  ['2800', 2800],
  ['-5', -5],
  ['-.5', -0.5],
  ['1e3', 1000],
])('--threshold %s', (text, value) => {
  expect(parseOptions(['--threshold', text]).threshold).toBe(value)
  expect(parseOptions([`--threshold=${text}`]).threshold).toBe(value)
})

test('all flags together, and the -- that a package manager passes on', () => {
  const argv = ['--', '--input', 'a.npy', '--rounds', '10', '--threshold', '50', '--json', '--no-numpy']
  expect(parseOptions(argv)).toMatchObject({
    input: 'a.npy',
    rounds: 10,
    threshold: 50,
    json: true,
    numpy: false,
  })
  expect(parseOptions(['-h']).help).toBe(true)
})

test.each([
  [['--shape', '0,5'], /--shape: "0,5"/],
  [['--shape', '4,,5'], /--shape/],
  [['--shape', '4,-5'], /--shape/],
  [['--shape', '2.5'], /--shape/],
  [['--shape', ''], /--shape/],
  [['--shape', '1000000,1000000,1000000'], /more elements than any memory holds/],
  [['--shape'], /'--shape <value>' argument missing/],
  [['--dtype', 'float32'], /--dtype: "float32" cannot be drawn as random integers of 0 to 99/],
  [['--dtype', 'bool'], /--dtype: "bool" cannot/],
  [['--dtype', 'int31'], /--dtype: "int31" is no dtype; choose one of int8/],
  [['--threshold', 'many'], /--threshold: "many"/],
  [['--threshold', 'Infinity'], /--threshold/],
  [['--threshold', '1e30'], /2\^53/],
  [['--threshold', ''], /--threshold/],
  [['--seed', '-1'], /--seed: "-1"/],
  [['--seed', '1.5'], /--seed/],
  [['--rounds', '0'], /--rounds: "0" is no whole number from 1/],
  [['--rounds', '1e2'], /--rounds/],
  [['--input', ''], /--input/],
  [['--input', 'a.npy', '--shape', '4,5'], /--shape has no meaning with --input/],
  [['--input', 'a.npy', '--dtype', 'int8'], /--dtype has no meaning/],
  [['--input', 'a.npy', '--seed', '1'], /--seed has no meaning/],
  [['--colour'], /Unknown option '--colour'/],
  [['--json=yes'], /'--json' does not take an argument/],
  [['--shape', '--json'], /'--shape' argument is ambiguous/],
  [['volume.npy'], /Unexpected argument 'volume.npy'/],
])('%j is refused in one line', (argv, message) => {
  const failure = failureOf(() => parseOptions(argv))
  expect(failure.message).toMatch(message)
  expect(failure.message).not.toContain('\n')
  expect(failure.exitCode).toBe(2)
})

test('the help names every flag, within 100 columns', () => {
  const text = helpText()
  for (const flag of [
    'shape',
    'dtype',
    'threshold',
    'seed',
    'rounds',
    'input',
    'json',
    'report',
    'no-numpy',
    'no-peer',
    'help',
  ]) {
    expect(text).toContain(`--${flag}`)
  }
  expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(100)
})

function failureOf(work: () => unknown): Failure {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
