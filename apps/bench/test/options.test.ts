import { describe, expect, it } from 'vitest'
import { FULL_SIZES, OptionError, parseOptions } from '../src/options.ts'

describe('the options', () => {
  it('are the whole run by default', () => {
    const options = parseOptions([])
    expect(options).toMatchObject({ quick: false, whole: true, peer: true, sizes: FULL_SIZES })
    expect(options.dtypes).toHaveLength(11)
    expect(options.only).toBeUndefined()
  })

  it('take fewer sizes and dtypes with --quick', () => {
    const { sizes, dtypes, whole } = parseOptions(['--quick'])
    expect(sizes).toEqual([64, 1e6])
    expect(dtypes).toEqual(['float64', 'int32'])
    expect(whole).toBe(true)
  })

  it('select operations, sizes and dtypes', () => {
    const options = parseOptions(['--only', 'add,sum', '--sizes', '64,1e4', '--dtypes', 'int8', '--no-peer'])
    expect(options).toMatchObject({ only: ['add', 'sum'], sizes: [64, 1e4], dtypes: ['int8'], peer: false })
    expect(options.whole).toBe(false)
  })

  it('take names that hold a comma', () => {
    expect(parseOptions(['--only', 'sum, axis 0']).only).toEqual(['sum, axis 0'])
    expect(parseOptions(['--only', 'sum; sum, axis 0']).only).toEqual(['sum', 'sum, axis 0'])
  })

  it('are about images with --part thresholds', () => {
    const { part, dtypes, minutes, limit, python } = parseOptions(['--part', 'thresholds'])
    expect({ part, minutes, limit, python }).toEqual({
      part: 'thresholds',
      minutes: 6,
      limit: 30,
      python: undefined,
    })
    expect(dtypes).toEqual(['uint8', 'uint16', 'float32', 'int32'])
    expect(parseOptions(['--part', 'thresholds', '--only', 'otsu; binary, otsu']).only).toEqual([
      'otsu',
      'binary, otsu',
    ])
  })

  it('skip the dashes that a package runner passes on', () => {
    expect(parseOptions(['--', '--quick']).quick).toBe(true)
  })

  it.each([
    [['--only', 'summ'], /no operation "summ"/],
    [['--sizes', '0'], /--sizes: 0 is not/],
    [['--sizes', '1.5'], /--sizes: 1.5 is not/],
    [['--dtypes', 'float16'], /no dtype "float16"/],
    [['--minutes', 'long'], /--minutes: long/],
    [['--fast'], /--fast/],
    [['--part', 'images'], /no part "images"; there are operations, thresholds/],
    [['--part', 'thresholds', '--only', 'add'], /no operation "add"/],
    [['--only', 'otsu'], /no operation "otsu"/],
    [['--part', 'thresholds', '--dtypes', 'int8'], /no dtype "int8"; there are uint8/],
    [['--part', 'thresholds', '--sizes', '64'], /--sizes: the images/],
    [['--limit', '0'], /--limit: 0 is not/],
  ])('refuse %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(OptionError)
    expect(() => parseOptions(args)).toThrow(message)
  })
})
