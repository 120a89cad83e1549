import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'

/** Where in n sorted elements a quantile lies: at `low`, or `rest` of the way to the next one. */
export interface Place {
  readonly low: number
  readonly rest: number
}

/**
 * A method of NumPy's: where the part q of n elements lies, counted from 0; not yet within 0 to n − 1. A
 * discrete one takes an element as it is, so that the result has its dtype.
 */
interface Method {
  readonly discrete: boolean
  /** `times` multiplies in q's precision. */
  readonly index: (n: number, q: number, times: Times) => number
}

type Times = (count: number, q: number) => number

/**
 * Hyndman and Fan's continuous family (1996): the place n·q + alpha + q·(1 − alpha − beta), counted from 1.
 */
function continuous(alpha: number, beta: number): Method {
  return {
    discrete: false,
    index: (n, q, times) => times(n, q) + (alpha + q * (1 - alpha - beta)) - 1,
  }
}

function discrete(index: Method['index']): Method {
  return { discrete: true, index }
}

export const METHODS = {
  linear: { discrete: false, index: (n, q, times) => times(n - 1, q) },
  lower: discrete((n, q, times) => Math.floor(times(n - 1, q))),
  higher: discrete((n, q, times) => Math.ceil(times(n - 1, q))),
  nearest: discrete((n, q, times) => halfToEven(times(n - 1, q))),
  midpoint: { discrete: false, index: (n, q, times) => middleOf(times(n - 1, q)) },
  invertedCdf: discrete((n, q, times) => Math.ceil(times(n, q)) - 1),
  averagedInvertedCdf: {
    discrete: false,
    index: (n, q, times) => {
      const at = times(n, q)
      return Number.isInteger(at) ? at - 0.5 : Math.ceil(at) - 1
    },
  },
  closestObservation: discrete((n, q, times) => halfToEven(times(n, q)) - 1),
  interpolatedInvertedCdf: continuous(0, 1),
  hazen: continuous(0.5, 0.5),
  weibull: continuous(0, 0),
  medianUnbiased: continuous(1 / 3, 1 / 3),
  normalUnbiased: continuous(3 / 8, 3 / 8),
} as const satisfies Record<string, Method>

/** The nearest integer, of two the even one. */
function halfToEven(at: number): number {
  return at % 1 === 0.5 ? 2 * Math.round(at / 2) : Math.round(at)
}

function middleOf(at: number): number {
  return (Math.floor(at) + Math.ceil(at)) / 2
}

/** What a quantile between two elements is; NumPy's names in camelCase. */
export type QuantileMethod = keyof typeof METHODS

/** The methods whose result is one of the elements. */
export type DiscreteMethod = 'lower' | 'higher' | 'nearest' | 'invertedCdf' | 'closestObservation'

/** @throws DTypeError when there is no such method */
export function assertMethod(method: QuantileMethod): QuantileMethod {
  if (Object.hasOwn(METHODS, method)) return method
  throw new DTypeError(`unknown method ${describe(method)}; there are ${Object.keys(METHODS).join(', ')}`)
}

/** Where the part q of n elements lies; with a q in single precision, as single precision multiplies. */
export function placeOf(method: QuantileMethod, n: number, q: number, single: boolean): Place {
  const times: Times = single ? (count, part) => Math.fround(count * part) : (count, part) => count * part
  const at = Math.min(Math.max(METHODS[method].index(n, q, times), 0), n - 1)
  const low = Math.floor(at)
  return { low, rest: at - low }
}
