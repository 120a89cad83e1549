import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arranged, arrangement, arrayOf, pattern, referenceOf, sample, typedArray } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { convert, DTYPES, type Element, elements, fromText, product } from './reference.ts'

type Binary = (a: nd.Elementwise, b: nd.Elementwise, options?: { out?: never }) => nd.NDArray
type Unary = (a: nd.NDArray, options?: { out?: never }) => nd.NDArray
const FUNCTIONS = nd as unknown as Record<string, Binary & Unary>

/** An integer as its dtype stores it. */
function wrap(value: bigint, dtype: nd.DType): Element {
  const { kind, bytes } = nd.dtypes[dtype]
  const wrapped = kind === 'int' ? BigInt.asIntN(bytes * 8, value) : BigInt.asUintN(bytes * 8, value)
  return bytes === 8 ? wrapped : Number(wrapped)
}

function floorDiv(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n
  const quotient = a / b
  return quotient * b !== a && a < 0n !== b < 0n ? quotient - 1n : quotient
}

/** Functions of integers and of floats, as the reference computes them; bool is what `bool` says. */
interface Reference {
  readonly bool: 'same' | 'int8' | 'refused'
  readonly whole: (a: bigint, b: bigint, bits: bigint) => bigint
  readonly float?: (a: number, b: number) => number
}

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : Number(a > b))
const BINARY: Record<string, Reference> = {
  add: { bool: 'same', whole: (a, b) => a + b, float: (a, b) => a + b },
  subtract: { bool: 'refused', whole: (a, b) => a - b, float: (a, b) => a - b },
  multiply: { bool: 'same', whole: (a, b) => a * b, float: (a, b) => a * b },
  minimum: {
    bool: 'same',
    whole: (a, b) => [a, b].sort(ascending)[0] as bigint,
    float: (a, b) => Math.min(a, b),
  },
  maximum: {
    bool: 'same',
    whole: (a, b) => [a, b].sort(ascending)[1] as bigint,
    float: (a, b) => Math.max(a, b),
  },
  floorDivide: { bool: 'int8', whole: floorDiv },
  remainder: { bool: 'int8', whole: (a, b) => (b === 0n ? 0n : a - b * floorDiv(a, b)) },
  bitwiseAnd: { bool: 'same', whole: (a, b) => a & b },
  bitwiseOr: { bool: 'same', whole: (a, b) => a | b },
  bitwiseXor: { bool: 'same', whole: (a, b) => a ^ b },
  bitwiseLeftShift: { bool: 'int8', whole: (a, b, bits) => (b < 0n || b >= bits ? 0n : a << b) },
  bitwiseRightShift: {
    bool: 'int8',
    whole: (a, b, bits) => (b < 0n || b >= bits ? (a < 0n ? -1n : 0n) : a >> b),
  },
}

/** The dtype and elements of a function of two operands in a common dtype, or undefined where it refuses. */
function expected(name: string, common: nd.DType, x: Element[], y: Element[]) {
  const { bool, whole, float } = BINARY[name] as Reference
  if (nd.dtypes[common].kind === 'float') {
    const round = (value: number): number => (common === 'float32' ? Math.fround(value) : value)
    return float && { dtype: common, values: x.map((a, i) => round(float(Number(a), Number(y[i])))) }
  }
  if (common === 'bool' && bool === 'refused') return undefined
  const dtype = common === 'bool' && bool === 'int8' ? 'int8' : common
  const values = x.map((a, i) => {
    const value = whole(BigInt(a), BigInt(y[i] as Element), BigInt(nd.dtypes[dtype].bytes * 8))
    return dtype === 'bool' ? Number(value !== 0n) : wrap(value, dtype)
  })
  return { dtype, values }
}

const names = fc.constantFrom(...Object.keys(BINARY))
const pairs = fc
  .tuple(fc.array(fc.constantFrom(0, 1, 2, 3, 18), { maxLength: 3 }), fc.nat({ max: 3 }), fc.nat({ max: 7 }))
  .filter(([shape]) => product(shape) <= 400)
  .chain(([shape, drop, ones]) => {
    const other = shape
      .map((length, axis) => ((ones >> axis) & 1 ? 1 : length))
      .slice(Math.min(drop, shape.length))
    return fc.tuple(sample({ shape: fc.constant(shape) }), sample({ shape: fc.constant(other) }))
  })

describe('functions of two arrays', () => {
  it('broadcast, promote and compute as the reference does, into a new array and into out', () => {
    fc.assert(
      fc.property(pairs, names, arrangement, fc.boolean(), ([first, second], name, how, swap) => {
        const common = nd.resultType(first.dtype, second.dtype)
        const shape = nd.broadcastShapes(first.shape, second.shape)
        const sides = [first, second].map(from =>
          referenceOf(from)
            .broadcast(shape)
            .map(value => convert(value, from.dtype, common)),
        ) as [Element[], Element[]]
        using a = arrayOf(first)
        using b = arrayOf(second)
        const operands: [nd.NDArray, nd.NDArray] = swap ? [b, a] : [a, b]
        const run = FUNCTIONS[name] as Binary
        if (common.startsWith('float') && !(BINARY[name] as Reference).float) return
        const want = expected(name, common, ...(swap ? (sides.toReversed() as typeof sides) : sides))
        if (!want) {
          expect(() => run(...operands)).toThrow(nd.DTypeError)
          return
        }
        using result = run(...operands)
        expect(result.dtype).toBe(want.dtype)
        expect(result.shape).toEqual(shape)
        expect(elements(result)).toEqual(want.values)
        const filler = want.values.map(() => convert(1, 'int8', want.dtype))
        using out = arranged(want.dtype, shape, filler, how)
        expect(run(...operands, { out: out as never })).toBe(out)
        expect(elements(out)).toEqual(want.values)
      }),
      { numRuns: 1500 },
    )
    nd.memory.check()
  })

  it.each(DTYPES)('of %s at every length around the vectors, with values on either side', dtype => {
    const long = pattern(dtype, 40_000)
    const other = [...long.slice(7), ...long.slice(0, 7)]
    for (const name of ['add', 'multiply', 'minimum', 'maximum', 'subtract', 'bitwiseXor']) {
      if (!expected(name, dtype, [], [])) continue
      for (const length of [...Array(40).keys(), 32_769]) {
        const [x, y] = [long.slice(0, length), other.slice(0, length)]
        using a = nd.fromTypedArray(typedArray(dtype, x), length, { dtype })
        using b = nd.fromTypedArray(typedArray(dtype, y), length, { dtype })
        using both = (FUNCTIONS[name] as Binary)(a, b)
        expectElements(both, expected(name, dtype, x, y)?.values as Element[])
        if (length === 0 || dtype === 'bool' || !Number.isInteger(Number(y[0]))) continue
        const value = y[0] as Element
        const same = x.map(() => value)
        using right = (FUNCTIONS[name] as Binary)(a, value)
        expectElements(right, expected(name, dtype, x, same)?.values as Element[])
        using left = (FUNCTIONS[name] as Binary)(value, a)
        expectElements(left, expected(name, dtype, same, x)?.values as Element[])
      }
    }
  })

  it('write to an out that is an operand or overlaps one', () => {
    using a = nd.arange(100, undefined, 1, { dtype: 'int32' })
    using low = a.slice(':99')
    using high = a.slice('1:')
    using reversed = a.slice('::-1')
    nd.add(low, high, { out: high })
    expect(elements(high)).toEqual(Array.from({ length: 99 }, (_, i) => 2 * i + 1))
    nd.add(a, reversed, { out: reversed })
    expect(a.get(0)).toBe(197)
    expect(elements(a)).toEqual(elements(a).toReversed())
    using low2 = nd.array([1, 5, 3])
    nd.clip(low2, nd.array([2, 2, 2]), low2, { out: low2 })
    expect(low2.toArray()).toEqual([1, 5, 3])
  })
})

interface Fixtures {
  operands: string[]
  cases: [string, nd.DType, number[], string][]
}
const numpy = JSON.parse(
  readFileSync(new URL('./fixtures/elementwise.json', import.meta.url), 'utf8'),
) as Fixtures

/** Units in the last place between two floats of a dtype; 0 for equal ones and for NaN and NaN. */
function distance(a: number, b: number, dtype: nd.DType): number {
  if (Object.is(a, b)) return 0
  if (!Number.isFinite(a) || !Number.isFinite(b) || Object.is(a, -b)) return Infinity
  const digits = dtype === 'float32' ? 23 : 52
  return Math.abs(a - b) / 2 ** (Math.floor(Math.log2(Math.abs(b) || 2 ** -1022)) - digits)
}

describe('as NumPy computes', () => {
  it.each(numpy.cases)('%s of %s', (name, dtype, operands, want) => {
    const split = (text: string) => text.split(' ')
    const arrays = operands.map(at => {
      const values = split(numpy.operands[at] as string).map(text => fromText(text, dtype))
      return nd.fromTypedArray(typedArray(dtype, values), values.length, { dtype })
    })
    using result = (FUNCTIONS[name] as Binary)(arrays[0] as nd.NDArray, arrays[1] as nd.NDArray)
    const wanted = split(want).map(text => fromText(text, result.dtype))
    const isFloat = result.info.kind === 'float'
    // Of 0 and −0, NumPy takes the first; Ebb's order is that of the signs.
    const zeros = name === 'minimum' || name === 'maximum'
    elements(result).forEach((value, i) => {
      if (zeros && value === 0 && wanted[i] === 0) return
      const off = isFloat ? distance(Number(value), Number(wanted[i]), dtype) : Number(value !== wanted[i])
      if (off > (isFloat ? 3 : 0)) expect({ i, value }).toEqual({ i, value: wanted[i] })
    })
    for (const array of arrays) array.release()
  })
})

describe('dtypes', () => {
  it('of values adapt to the array', () => {
    using bytes = nd.array([1, 2], { dtype: 'int8' })
    using single = nd.array([1, 2], { dtype: 'float32' })
    using truths = nd.array([true, false])
    const dtypeOf = (a: nd.NDArray) => {
      using array = a
      return array.dtype
    }
    expect(dtypeOf(bytes.add(3))).toBe('int8')
    expect(dtypeOf(bytes.add(3n))).toBe('int8')
    expect(dtypeOf(bytes.add(true))).toBe('int8')
    expect(dtypeOf(bytes.add(0.5))).toBe('float64')
    expect(dtypeOf(bytes.divide(2))).toBe('float64')
    expect(dtypeOf(single.add(0.1))).toBe('float32')
    expect(dtypeOf(single.divide(3n))).toBe('float32')
    expect(dtypeOf(truths.add(1))).toBe('int64')
    expect(dtypeOf(truths.add(0.5))).toBe('float64')
    expect(dtypeOf(truths.add(true))).toBe('bool')
    expect(dtypeOf(nd.sqrt(bytes))).toBe('float64')
    expect(dtypeOf(nd.sin(single))).toBe('float32')
    expect(dtypeOf(nd.where(truths, 1, 0.5))).toBe('float64')
    expect(dtypeOf(nd.where(truths, bytes, 7))).toBe('int8')
    expect(dtypeOf(nd.where(truths, true, false))).toBe('bool')
    refuses(nd.DTypeError, () => bytes.add(300))
    refuses(nd.DTypeError, () => bytes.add(NaN, { out: bytes }))
  })
})

describe('powers of integers', () => {
  it('wrap, and refuse negative ones', () => {
    using a = nd.array([3n, -2n, 0n, 7n])
    using b = nd.array([40n, 63n, 0n, 100n])
    using result = nd.pow(a, b)
    expect(result.toArray()).toEqual([
      BigInt.asIntN(64, 3n ** 40n),
      -(2n ** 63n),
      1n,
      BigInt.asIntN(64, 7n ** 100n),
    ])
    refuses(nd.DTypeError, () => nd.pow(a, -1))
    using negative = nd.array([1n, 2n, -1n, 0n])
    refuses(nd.DTypeError, () => nd.pow(a, negative, { out: a }))
    expect(a.get(0)).toBe(3n)
  })
})

describe('comparisons of int64 with uint64', () => {
  it('are exact', () => {
    const signed = [-(2n ** 63n), -1n, 0n, 2n ** 53n + 1n, 2n ** 63n - 1n]
    const unsigned = [0n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 63n - 1n]
    const x = signed.flatMap(a => unsigned.map(() => a))
    const y = signed.flatMap(() => unsigned)
    using a = nd.fromTypedArray(BigInt64Array.from(x))
    using b = nd.fromTypedArray(BigUint64Array.from(y))
    using less = nd.less(a, b)
    using atMost = nd.lessEqual(a, b)
    using same = nd.equal(a, b)
    using above = nd.greater(b, a)
    expect(less.toArray()).toEqual(x.map((value, i) => value < (y[i] as bigint)))
    expect(atMost.toArray()).toEqual(x.map((value, i) => value <= (y[i] as bigint)))
    expect(same.toArray()).toEqual(x.map((value, i) => value === y[i]))
    expect(above.toArray()).toEqual(less.toArray())
  })
})

describe('where and clip', () => {
  it('choose as the reference does', () => {
    fc.assert(
      fc.property(sample(), fc.infiniteStream(fc.boolean()), arrangement, (from, stream, how) => {
        const bits = from.values.map(() => Number(stream.next().value))
        using mask = arranged('bool', from.shape, bits, how)
        using a = arrayOf(from)
        using b = a.copy()
        b.assign(1)
        using result = nd.where(mask, a, b)
        const one = convert(1, 'int8', from.dtype)
        const want = from.values.map((value, i) => (bits[i] ? value : one))
        expect(elements(result)).toEqual(want)
        expect(nd.where(mask, a, true, { out: a })).toBe(a)
        expect(elements(a)).toEqual(want)
      }),
      { numRuns: 300 },
    )
  })

  it('clip by values, arrays, one bound or none', () => {
    using a = nd.array([-5, 0, 3, 200, NaN])
    const values = (result: nd.NDArray) => {
      using array = result
      return array.toArray()
    }
    expect(values(a.clip(0, 10))).toEqual([0, 0, 3, 10, NaN])
    expect(values(a.clip(null, 10))).toEqual([-5, 0, 3, 10, NaN])
    expect(values(a.clip(1))).toEqual([1, 1, 3, 200, NaN])
    expect(values(a.clip())).toEqual([-5, 0, 3, 200, NaN])
    using bytes = nd.array([1, 200], { dtype: 'uint8' })
    expect(values(bytes.clip(-1000, 100))).toEqual([1, 100])
    expect(values(bytes.clip(2, Infinity))).toEqual([2, 200])
    refuses(nd.DTypeError, () => bytes.clip(300, 400))
  })
})

describe('closeness', () => {
  it('is that of NumPy', () => {
    using a = nd.array([1, 1, Infinity, NaN, Infinity, 0])
    using b = nd.array([1 + 1e-6, 1.1, Infinity, NaN, 1, 1e-9])
    using close = nd.isclose(a, b)
    expect(close.toArray()).toEqual([true, false, true, false, false, true])
    using equalNan = nd.isclose(a, b, { equalNan: true })
    expect(equalNan.toArray()).toEqual([true, false, true, true, false, true])
    expect(nd.allclose(a, a)).toBe(false)
    expect(nd.allclose(a, a, { equalNan: true })).toBe(true)
    expect(nd.arrayEqual(a, a)).toBe(false)
    expect(nd.arrayEqual(a, a, { equalNan: true })).toBe(true)
    using integers = nd.array([1, 2], { dtype: 'uint8' })
    using floats = nd.array([1, 2])
    expect(nd.arrayEqual(integers, floats)).toBe(true)
    expect(nd.arrayEqual(a, floats)).toBe(false)
    using swapped = nd.isclose(integers, nd.array([2, 1], { dtype: 'uint8' }))
    expect(swapped.toArray()).toEqual([false, false])
  })
})

describe('they refuse', () => {
  it('what is no operand, and write nothing', () => {
    using a = nd.zeros([2, 3])
    using wrong = nd.zeros([3, 2])
    using integers = nd.zeros([2, 3], { dtype: 'int32' })
    for (const bad of ['1', null, undefined, [1], {}]) {
      refuses(nd.DTypeError, () => nd.add(a, bad as never))
      refuses(nd.DTypeError, () => nd.add(bad as never, a))
      refuses(nd.DTypeError, () => nd.exp(bad as never))
      refuses(nd.DTypeError, () => nd.where(a, bad as never, 1))
    }
    refuses(nd.DTypeError, () => nd.add(1, 2))
    refuses(nd.ShapeError, () => nd.add(a, wrong))
    refuses(nd.ShapeError, () => nd.add(a, 1, { out: wrong }))
    refuses(nd.DTypeError, () => nd.add(a, 1, { out: integers as never }))
    refuses(nd.DTypeError, () => nd.bitwiseAnd(a, 1))
    refuses(nd.DTypeError, () => nd.bitwiseInvert(a))
    using truths = nd.zeros(2, { dtype: 'bool' })
    for (const name of ['negative', 'positive', 'sign']) {
      refuses(nd.DTypeError, () => (FUNCTIONS[name] as Unary)(truths))
    }
    const gone = nd.zeros([2, 3])
    gone.release()
    refuses(nd.ReleasedError, () => nd.add(a, gone))
    refuses(nd.ReleasedError, () => nd.round(gone))
    refuses(nd.ReleasedError, () => nd.clip(gone, 0, 1))
  })

  it('nothing when they succeed, and leave nothing behind', () => {
    using a = nd.arange(1, 40, 1, { dtype: 'int16' })
    using b = nd.arange(1, 40, 1, { dtype: 'float32' })
    using mask = nd.less(a, 20)
    leavesNothing(() => {
      for (const name of [
        'add',
        'divide',
        'pow',
        'hypot',
        'logicalAnd',
        'isclose',
        'nextafter',
        'copysign',
      ]) {
        ;(FUNCTIONS[name] as Binary)(a, b).release()
        ;(FUNCTIONS[name] as Binary)(a, 2).release()
        ;(FUNCTIONS[name] as Binary)(2, b).release()
      }
      for (const name of [
        'exp',
        'log',
        'sqrt',
        'round',
        'isnan',
        'signbit',
        'square',
        'negative',
        'logicalNot',
      ]) {
        ;(FUNCTIONS[name] as Unary)(a).release()
        ;(FUNCTIONS[name] as Unary)(b).release()
      }
      nd.where(mask, a, b).release()
      nd.clip(a, b, 30).release()
      nd.allclose(a, b)
    })
  })
})
