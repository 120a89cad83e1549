import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import {
  arranged,
  arrangement,
  arrayOf,
  element,
  pattern,
  referenceOf,
  sample,
  typedArray,
} from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import {
  asThreshold,
  convert,
  DTYPES,
  type Element,
  elements,
  OPERATORS,
  product,
  relate,
} from './reference.ts'

const FUNCTIONS = {
  '<': nd.less,
  '<=': nd.lessEqual,
  '>': nd.greater,
  '>=': nd.greaterEqual,
  '==': nd.equal,
  '!=': nd.notEqual,
} as const

/** Values to compare with: elements of any dtype, fractions, values beyond every dtype, NaN. */
const scalar: fc.Arbitrary<nd.Scalar> = fc.oneof(
  fc.constantFrom(...DTYPES).chain(element),
  fc.boolean(),
  fc.constantFrom<nd.Scalar>(
    0.5,
    -0.5,
    254.5,
    2.5,
    -(2 ** 70),
    2 ** 70,
    2n ** 70n,
    -(2n ** 70n),
    255,
    256,
    -129,
  ),
  fc.constantFrom<nd.Scalar>(2 ** 53 + 2, 2n ** 53n + 1n, 2 ** 63, 2 ** 64, 0.1, Math.fround(0.1)),
)

function expected(
  operator: (typeof OPERATORS)[number],
  a: readonly Element[],
  b: readonly Element[],
): Element[] {
  return a.map((value, i) => Number(relate(operator, value, b[i] as Element)))
}

/** Two shapes that broadcast, and the shape they take together. */
const shapes = fc
  .tuple(
    fc
      .array(fc.constantFrom<number[]>(0, 1, 2, 3, 18), { maxLength: 3 })
      .filter(lengths => product(lengths) <= 400),
    fc.array(fc.constantFrom('both', 'a', 'b'), { minLength: 3, maxLength: 3 }),
    fc.nat({ max: 3 }),
    fc.nat({ max: 3 }),
  )
  .map(([together, who, dropA, dropB]) => {
    const side = (drop: number, other: string) =>
      together
        .map((length, axis) => (who[axis] === other ? 1 : length))
        .slice(Math.min(drop, together.length))
    return [side(dropA, 'b'), side(dropB, 'a')] as const
  })

describe('comparisons of arrays', () => {
  const pairs = shapes.chain(([shapeA, shapeB]) =>
    fc.tuple(sample({ shape: fc.constant(shapeA) }), sample({ shape: fc.constant(shapeB) }), fc.boolean()),
  )

  it('broadcast, promote and compare as the reference does', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.constantFrom(...OPERATORS),
        arrangement,
        ([first, other, same], operator, how) => {
          const second = same
            ? {
                ...other,
                dtype: first.dtype,
                values: other.values.map(v => convert(v, other.dtype, first.dtype)),
              }
            : other
          const shape = nd.broadcastShapes(first.shape, second.shape)
          const dtype = nd.resultType(first.dtype, second.dtype)
          const [x, y] = [first, second].map(from =>
            referenceOf(from)
              .broadcast(shape)
              .map(value => convert(value, from.dtype, dtype)),
          ) as [Element[], Element[]]
          const want = expected(operator, x, y)
          using a = arrayOf(first)
          using b = arrayOf(second)
          using mask = FUNCTIONS[operator](a, b)
          expect(mask.dtype).toBe('bool')
          expect(mask.shape).toEqual(shape)
          expect(elements(mask)).toEqual(want)
          using out = arranged(
            'bool',
            shape,
            want.map(value => 1 - Number(value)),
            how,
          )
          expect(FUNCTIONS[operator](a, b, { out })).toBe(out)
          expect(elements(out)).toEqual(want)
        },
      ),
      { numRuns: 400 },
    )
    nd.memory.check()
  })

  it.each(DTYPES)('of %s at every length around the vectors, and above one chunk', dtype => {
    const long = pattern(dtype, 70_001)
    const other = [...long.slice(7), ...long.slice(0, 7)]
    for (const length of [...Array(71).keys(), 32_767, 32_768, 32_769, 70_001]) {
      const [x, y] = [long.slice(0, length), other.slice(0, length)]
      using a = nd.fromTypedArray(typedArray(dtype, x), length, { dtype })
      using b = nd.fromTypedArray(typedArray(dtype, y), length, { dtype })
      for (const operator of OPERATORS) {
        using mask = FUNCTIONS[operator](a, b)
        expectElements(mask, expected(operator, x, y))
      }
    }
  })

  it('write to an out that is an operand, or overlaps one', () => {
    for (const operator of OPERATORS) {
      const bits = pattern('bool', 41)
      const want = expected(operator, bits.slice(0, 40), bits.slice(1, 41))
      using a = nd.fromTypedArray(typedArray('bool', bits), 41, { dtype: 'bool' })
      using low = a.slice(':40')
      using high = a.slice('1:')
      FUNCTIONS[operator](low, high, { out: low })
      expect(elements(low)).toEqual(want)
    }
  })
})

describe('comparisons with a value', () => {
  it('are exact with integers and in the array’s precision with floats, in both orders', () => {
    fc.assert(
      fc.property(
        sample(),
        scalar,
        fc.constantFrom(...OPERATORS),
        arrangement,
        (from, value, operator, how) => {
          const threshold = from.values.map(() => asThreshold(value, from.dtype))
          using a = arrayOf(from)
          using mask = FUNCTIONS[operator](a, value)
          expect(mask.shape).toEqual(from.shape)
          expect(elements(mask)).toEqual(expected(operator, from.values, threshold))
          using mirrored = FUNCTIONS[operator](value, a)
          const want = expected(operator, threshold, from.values)
          expect(elements(mirrored)).toEqual(want)
          using out = arranged(
            'bool',
            from.shape,
            want.map(bit => 1 - Number(bit)),
            how,
          )
          FUNCTIONS[operator](value, a, { out })
          expect(elements(out)).toEqual(want)
        },
      ),
      { numRuns: 600 },
    )
  })

  it.each(DTYPES)('of %s at every length around the vectors, and above one chunk', dtype => {
    const long = pattern(dtype, 32_780)
    const threshold = long[3] as Element
    for (const length of [...Array(71).keys(), 32_768, 32_780]) {
      const x = long.slice(0, length)
      using a = nd.fromTypedArray(typedArray(dtype, x), length, { dtype })
      for (const operator of OPERATORS) {
        const want = expected(
          operator,
          x,
          x.map(() => threshold),
        )
        using mask = FUNCTIONS[operator](a, threshold)
        expectElements(mask, want)
      }
    }
  })

  it.each(['uint8', 'int32', 'float64'] as const)(
    'of %s above a mask’s chunk, with a value on either side',
    dtype => {
      const x = pattern(dtype, 262_181)
      const threshold = x[3] as Element
      const same = x.map(() => threshold)
      using a = nd.fromTypedArray(typedArray(dtype, x), x.length, { dtype })
      for (const operator of OPERATORS) {
        using right = FUNCTIONS[operator](a, threshold)
        expectElements(right, expected(operator, x, same))
        using left = FUNCTIONS[operator](threshold, a)
        expectElements(left, expected(operator, same, x))
      }
    },
  )

  it('write to an out that overlaps the array', () => {
    const bits = pattern('bool', 40)
    using a = nd.fromTypedArray(typedArray('bool', bits), 40, { dtype: 'bool' })
    using reversed = a.slice('::-1')
    nd.equal(a, false, { out: reversed })
    expect(elements(reversed)).toEqual(bits.map(bit => 1 - Number(bit)))
    const before = elements(a)
    using low = a.slice(':39')
    using high = a.slice('1:')
    nd.equal(low, true, { out: high })
    expect(elements(high)).toEqual(before.slice(0, 39))
    nd.notEqual(a, true, { out: a })
    expect(elements(a).slice(1)).toEqual(before.slice(0, 39).map(bit => 1 - Number(bit)))
  })
})

describe('comparisons refuse', () => {
  it('shapes that do not broadcast', () => {
    using a = nd.zeros([2, 3])
    using b = nd.zeros([2])
    refuses(nd.ShapeError, () => nd.less(a, b))
    using none = nd.zeros([0])
    refuses(nd.ShapeError, () => nd.less(a, none))
  })

  it.each([['1'], [null], [undefined], [[1, 2]], [{}], [Symbol('a')]])(
    'an operand that is neither array nor value: %s',
    bad => {
      using a = nd.zeros(2)
      refuses(nd.DTypeError, () => nd.equal(a, bad as never))
      refuses(nd.DTypeError, () => nd.equal(bad as never, a))
      refuses(nd.DTypeError, () => nd.equal(bad as never, 1))
      refuses(nd.DTypeError, () => nd.equal(1, 2))
    },
  )

  it('an out of another shape or dtype, or released, and write nothing', () => {
    using a = nd.zeros([2, 3])
    using wrong = nd.zeros([3, 2], { dtype: 'bool' })
    using bytes = nd.zeros([2, 3], { dtype: 'uint8' })
    using wide = nd.zeros([1, 2, 3], { dtype: 'bool' })
    const gone = nd.zeros([2, 3], { dtype: 'bool' })
    gone.release()
    for (const operand of [a, 5, NaN, 300n]) {
      refuses(nd.ShapeError, () => nd.equal(a, operand, { out: wrong }))
      refuses(nd.ShapeError, () => nd.equal(a, operand, { out: wide }))
      refuses(nd.DTypeError, () => nd.equal(a, operand, { out: bytes as never }))
      refuses(nd.ReleasedError, () => nd.equal(a, operand, { out: gone }))
      refuses(nd.DTypeError, () => nd.equal(a, operand, { out: [] as never }))
      refuses(nd.DTypeError, () => nd.equal(a, operand, { out: null as never }))
    }
    expect([wrong.sum(), bytes.sum(), wide.sum()]).toEqual([0n, 0n, 0n])
  })

  it('nothing when they succeed, and leave nothing behind', () => {
    using a = nd.arange(10)
    using b = nd.arange(10, undefined, 1, { dtype: 'int8' })
    leavesNothing(() => {
      nd.less(a, b).release()
      nd.less(a, 3).release()
      nd.less(3, b).release()
      nd.less(b, 1000).release()
    })
  })

  it('writes only where a mask is true', () => {
    using a = nd.fromTypedArray(Int32Array.of(1, 2, 3, 4, 5, 6), [2, 3])
    using where = nd.array([true, false, true], { dtype: 'bool' })
    using fresh = nd.greater(a, 2, { where })
    expect(fresh.toArray()).toEqual([
      [false, false, true],
      [true, false, true],
    ])
    using out = nd.ones([2, 3], { dtype: 'bool' })
    using reversed = a.slice('::-1')
    expect(nd.less(a, reversed, { where, out })).toBe(out)
    expect(out.toArray()).toEqual([
      [true, true, true],
      [false, true, false],
    ])
    nd.equal(out, false, { where: out, out })
    expect(out.sum()).toBe(0n)
  })

  it('refuses a mask that does not fit, and writes nothing', () => {
    using a = nd.ones([2, 3])
    using out = nd.zeros([2, 3], { dtype: 'bool' })
    using short = nd.ones(2, { dtype: 'bool' })
    using numbers = nd.ones(3)
    using small = nd.zeros(3, { dtype: 'bool' })
    for (const options of [{}, { out }]) {
      refuses(nd.ShapeError, () => nd.equal(a, 1, { ...options, where: short }))
      refuses(nd.DTypeError, () => nd.equal(a, 1, { ...options, where: numbers as never }))
      refuses(nd.DTypeError, () => nd.equal(a, 1, { ...options, where: null as never }))
    }
    refuses(nd.ShapeError, () => nd.equal(a, 1, { where: small, out: small }))
    expect(out.sum()).toBe(0n)
  })
})
