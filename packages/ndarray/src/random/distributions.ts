/** A condition on a parameter, and how a message says it. */
export interface Condition {
  readonly text: string
  holds(value: number): boolean
}

const condition = (text: string, holds: (value: number) => boolean): Condition => ({ text, holds })

// NumPy lets NaN pass where the result is NaN then. Where it would draw for ever, NaN is refused.
const ANY = condition('be a number', () => true)
const NOT_NEGATIVE = condition('not be negative', value => !(value < 0 || Object.is(value, -0)))
const AT_LEAST_0 = condition('be 0 or positive', value => value >= 0 && !Object.is(value, -0))
const NOT_BELOW_0 = condition('be 0 or positive', value => value >= 0)
const NOT_0 = condition('be positive', value => !(value <= 0))
const POSITIVE = condition('be positive', value => value > 0)
const PROBABILITY = condition('be from 0 to 1', value => value >= 0 && value <= 1)
const POSITIVE_PROBABILITY = condition('be above 0 and at most 1', value => value > 0 && value <= 1)
/** The largest mean of a Poisson distribution: ten standard deviations below the largest int64. */
const MAX_MEAN = 2 ** 63 - 10 * Math.sqrt(2 ** 63)
const MEAN = condition(`be from 0 to ${MAX_MEAN}`, value => value >= 0 && value <= MAX_MEAN)

/** What a distribution needs: its name, what must hold of it, and what it is when it is not given. */
export interface Parameter {
  readonly name: string
  readonly condition: Condition
  readonly default?: number
  /** Default float64. */
  readonly dtype?: 'float64' | 'int64'
}

/** A distribution, as the core draws it. */
export interface Distribution {
  readonly name: string
  /** Its code in the core (assembly/kernels/random-distribution.ts). */
  readonly code: number
  /** Of what is drawn; 'float' is float64 or float32. */
  readonly dtype: 'float' | 'float64' | 'int64'
  readonly parameters: readonly Parameter[]
  /** Says what is wrong with parameters that are right each by itself; '' for nothing. */
  readonly conflict?: ((...values: number[]) => string) | undefined
}

const LOC: Parameter = { name: 'loc', condition: ANY, default: 0 }
const SCALE: Parameter = { name: 'scale', condition: NOT_NEGATIVE, default: 1 }
const SHAPE: Parameter = { name: 'shape', condition: AT_LEAST_0 }

const required = (name: string, condition: Condition): Parameter => ({ name, condition })

function row(
  code: number,
  name: string,
  dtype: Distribution['dtype'],
  parameters: readonly Parameter[],
  conflict?: Distribution['conflict'],
): Distribution {
  return { name, code, dtype, parameters, conflict }
}

/** The distributions, but for RandomState's in the order of their codes. */
export const standardNormal = row(0, 'standardNormal', 'float', [])
export const standardExponential = row(1, 'standardExponential', 'float', [])
export const inverseExponential = row(2, 'standardExponential', 'float', [])
export const standardGamma = row(3, 'standardGamma', 'float', [SHAPE])
const BOUNDS: readonly Parameter[] = [
  { name: 'low', condition: ANY, default: 0 },
  { name: 'high', condition: ANY, default: 1 },
]
const infinite = (low: number, high: number) =>
  Number.isFinite(high - low) ? '' : `high − low must be finite, but is ${high} − ${low}`
const reversed = (low: number, high: number) =>
  high < low ? `high must not be below low, but is ${high}, and low ${low}` : ''
export const uniform = row(
  4,
  'uniform',
  'float64',
  BOUNDS,
  (low, high) => infinite(low, high) || reversed(low, high),
)
/** RandomState's: the bounds may be the wrong way round. */
export const legacyUniform = row(4, 'uniform', 'float64', BOUNDS, infinite)
export const normal = row(5, 'normal', 'float64', [LOC, SCALE])
export const exponential = row(6, 'exponential', 'float64', [SCALE])
export const gamma = row(7, 'gamma', 'float64', [SHAPE, SCALE])
export const chisquare = row(8, 'chisquare', 'float64', [required('df', POSITIVE)])
export const beta = row(9, 'beta', 'float64', [required('a', POSITIVE), required('b', POSITIVE)])
export const laplace = row(10, 'laplace', 'float64', [LOC, SCALE])
export const logistic = row(11, 'logistic', 'float64', [LOC, SCALE])
export const gumbel = row(12, 'gumbel', 'float64', [LOC, SCALE])
export const lognormal = row(13, 'lognormal', 'float64', [
  { name: 'mean', condition: ANY, default: 0 },
  { name: 'sigma', condition: NOT_NEGATIVE, default: 1 },
])
export const rayleigh = row(14, 'rayleigh', 'float64', [SCALE])
export const weibull = row(15, 'weibull', 'float64', [required('a', NOT_NEGATIVE)])
export const pareto = row(16, 'pareto', 'float64', [required('a', NOT_0)])
export const power = row(17, 'power', 'float64', [required('a', NOT_0)])
export const standardCauchy = row(18, 'standardCauchy', 'float64', [])
export const triangular = row(
  19,
  'triangular',
  'float64',
  [required('left', ANY), required('mode', ANY), required('right', ANY)],
  (left, mode, right) => {
    if (left > mode) return `mode must not be below left, but is ${mode}, and left ${left}`
    if (mode > right) return `right must not be below mode, but is ${right}, and mode ${mode}`
    return left === right ? `left and right must differ, but are both ${left}` : ''
  },
)
export const poisson = row(20, 'poisson', 'int64', [{ name: 'lam', condition: MEAN, default: 1 }])
export const binomial = row(21, 'binomial', 'int64', [
  { name: 'n', condition: NOT_BELOW_0, dtype: 'int64' },
  required('p', PROBABILITY),
])
export const geometric = row(22, 'geometric', 'int64', [required('p', POSITIVE_PROBABILITY)])
export const negativeBinomial = row(
  23,
  'negativeBinomial',
  'int64',
  [required('n', POSITIVE), required('p', POSITIVE_PROBABILITY)],
  (n, p) => {
    if (((1 - p) / p) * (n + 10 * Math.sqrt(n)) <= MAX_MEAN) return ''
    return `n is too large or p too small for counts of 64 bits: ${n} and ${p}`
  },
)
/** RandomState's. */
export const polarNormal = row(24, 'normal', 'float64', [LOC, SCALE])
