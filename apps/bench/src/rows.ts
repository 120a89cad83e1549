import { ALL, type DTypeName, FLOATS, NUMERIC } from './dtype.ts'

/**
 * One operation, as each party writes it. In scope everywhere: `n`, `rows`, `cols`; the operands `a`, `b`
 * (values), `mask` (bool), `index` (int64 below n), `m`, `w` (a and b in two dimensions), `out`; the values
 * `k` (the middle of the range), `high` (100) and `zero`, of the dtype. An operand is made when a text names it.
 *
 * The texts of Ebb and numpy-ts are expressions, that of NumPy a statement in one line. An array that they return and that is not `out` is
 * released. That of the loops is a statement for each `i`, the same in JavaScript and C, where `s` is the
 * accumulator (see {@link Loop}).
 */
export interface Row {
  readonly name: string
  /** What is measured, for the reader of the table. */
  readonly note: string
  readonly dtypes: readonly DTypeName[]
  /** Only these sizes; default: all that are asked for. */
  readonly sizes?: readonly number[]
  /** Not above this size, where an operation takes long. */
  readonly most?: number
  /** `out`'s dtype: that of the operands, a fixed one, that of sums; none, and `out` does not exist. */
  readonly out?: 'same' | 'sum' | DTypeName
  /** The length of `out`; default n. */
  readonly outLength?: 'rows' | 'cols'
  /** Results differ from party to party (random numbers, roundings of one dtype), or there is none. */
  readonly unchecked?: boolean | DTypeName
  readonly ebb: string
  readonly numpy?: string
  readonly peer?: string
  readonly loop?: Loop
  /** Whole bodies, where one statement for each element does not do. */
  readonly js?: string
  readonly c?: string
}

export interface Loop {
  /** What the accumulator `s` starts with: a zero of the dtype of sums, or the first element. */
  readonly from?: 'zero' | 'first'
  readonly each: string
  /** The result as a number, where it is not `out`. */
  readonly value?: string
}

const REDUCED: DTypeName[] = ['float64', 'float32', 'int64', 'int32']

function binary(name: string, operator: string, dtypes: readonly DTypeName[] = NUMERIC): Row {
  return {
    name,
    note: `a ${operator} b`,
    dtypes,
    out: 'same',
    ebb: `nd.${name}(a, b, { out })`,
    numpy: `np.${name}(a, b, out=out)`,
    peer: `np.${name}(a, b)`,
    loop: { each: `out[i] = a[i] ${operator} b[i]` },
  }
}

function unary(name: string): Row {
  return {
    name,
    note: `${name}(a)`,
    dtypes: FLOATS,
    out: 'same',
    ebb: `nd.${name}(a, { out })`,
    numpy: `np.${name}(a, out=out)`,
    peer: `np.${name}(a)`,
    loop: { each: `out[i] = ${name}(a[i])` },
  }
}

function extremum(name: 'min' | 'max', operator: string): Row {
  return {
    name,
    note: `the ${name === 'min' ? 'smallest' : 'largest'} element`,
    dtypes: NUMERIC,
    ebb: `nd.${name}(a)`,
    numpy: `np.${name}(a)`,
    peer: `np.${name}(a)`,
    loop: { from: 'first', each: `s = a[i] ${operator} s ? a[i] : s`, value: 'Number(s)' },
  }
}

export const FILTER_SIZE = 120_000_000

/** The table: a line is an operation. */
export const ROWS: readonly Row[] = [
  {
    name: 'filter',
    note: 'out[out <= k] = 0, in place',
    dtypes: NUMERIC,
    out: 'same',
    ebb: `out.assignWhere('<=', k, zero)`,
    numpy: 'out[out <= k] = zero',
    peer: 'using(np.less_equal(out, Number(k)), yes => np.putmask(out, yes, 0))',
    loop: { each: 'if (out[i] <= k) out[i] = zero' },
  },
  {
    name: 'lessEqual',
    note: 'a <= k, into a mask',
    dtypes: NUMERIC,
    out: 'bool',
    ebb: 'nd.lessEqual(a, k, { out })',
    numpy: 'np.less_equal(a, k, out=out)',
    peer: 'np.less_equal(a, Number(k))',
    loop: { each: 'out[i] = a[i] <= k ? 1 : 0' },
  },
  {
    name: 'less',
    note: 'a < b, into a mask',
    dtypes: NUMERIC,
    out: 'bool',
    ebb: 'nd.less(a, b, { out })',
    numpy: 'np.less(a, b, out=out)',
    peer: 'np.less(a, b)',
    loop: { each: 'out[i] = a[i] < b[i] ? 1 : 0' },
  },
  {
    name: 'assign where',
    note: 'out[mask] = 0',
    dtypes: ALL,
    out: 'same',
    ebb: 'out.assign(zero, { where: mask })',
    numpy: 'np.copyto(out, zero, where=mask)',
    peer: 'np.putmask(out, mask, 0)',
    loop: { each: 'if (mask[i]) out[i] = zero' },
  },
  {
    name: 'threshold',
    note: 'a > k ? 100 : 0',
    dtypes: NUMERIC,
    out: 'same',
    ebb: `nd.threshold(a, k, { mode: 'binary', maxValue: high, out })`,
    numpy: 'np.multiply(a > k, high, out=out)',
    loop: { each: 'out[i] = a[i] > k ? high : zero' },
  },
  {
    name: 'fill',
    note: 'out = 100 (true)',
    dtypes: ALL,
    out: 'same',
    ebb: 'out.assign(high)',
    numpy: 'out.fill(high)',
    peer: 'np.fill(out, high)',
    loop: { each: 'out[i] = high' },
  },
  {
    name: 'copy',
    note: 'out = a',
    dtypes: ALL,
    out: 'same',
    ebb: 'out.assign(a)',
    numpy: 'np.copyto(out, a)',
    peer: 'np.copy(a)',
    loop: { each: 'out[i] = a[i]' },
  },
  {
    name: 'astype',
    note: 'out = a, converted to float64',
    dtypes: ALL.filter(name => name !== 'float64'),
    out: 'float64',
    ebb: 'out.assign(a)',
    numpy: 'np.copyto(out, a)',
    peer: `a.astype('float64')`,
    loop: { each: 'out[i] = Number(a[i])' },
  },
  binary('add', '+'),
  binary('subtract', '-'),
  binary('multiply', '*'),
  binary('divide', '/', FLOATS),
  {
    name: 'minimum',
    note: 'the smaller of a and b',
    dtypes: NUMERIC,
    out: 'same',
    ebb: 'nd.minimum(a, b, { out })',
    numpy: 'np.minimum(a, b, out=out)',
    peer: 'np.minimum(a, b)',
    loop: { each: 'out[i] = a[i] < b[i] ? a[i] : b[i]' },
  },
  unary('sqrt'),
  unary('exp'),
  unary('log'),
  {
    name: 'where',
    note: 'mask ? a : b (NumPy makes a new array)',
    dtypes: ALL,
    out: 'same',
    ebb: 'nd.where(mask, a, b, { out })',
    numpy: 'np.where(mask, a, b)',
    peer: 'np.where(mask, a, b)',
    loop: { each: 'out[i] = mask[i] ? a[i] : b[i]' },
  },
  {
    name: 'sum',
    note: 'of all elements (of a bool: how many are true)',
    dtypes: ALL,
    ebb: 'nd.sum(a)',
    numpy: 'np.sum(a)',
    peer: 'np.sum(a)',
    loop: { from: 'zero', each: 's += a[i]', value: 'Number(s)' },
  },
  extremum('min', '<'),
  extremum('max', '>'),
  {
    name: 'mean',
    note: 'of all elements',
    dtypes: NUMERIC,
    ebb: 'nd.mean(a)',
    numpy: 'np.mean(a)',
    peer: 'np.mean(a)',
    loop: { from: 'zero', each: 's += a[i]', value: 'Number(s) / n' },
  },
  {
    name: 'sum, axis 0',
    note: 'of the columns',
    dtypes: REDUCED,
    out: 'sum',
    outLength: 'cols',
    ebb: 'nd.sum(m, { axis: 0, out })',
    numpy: 'np.sum(m, axis=0, out=out)',
    peer: 'np.sum(m, 0)',
    js: 'out.fill(zero); for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) out[c] += m[r * cols + c]',
    c: 'for (size_t c = 0; c < cols; c++) out[c] = 0; for (size_t r = 0; r < rows; r++) for (size_t c = 0; c < cols; c++) out[c] += m[r * cols + c];',
  },
  {
    name: 'sum, axis −1',
    note: 'of the rows',
    dtypes: REDUCED,
    out: 'sum',
    outLength: 'rows',
    ebb: 'nd.sum(m, { axis: -1, out })',
    numpy: 'np.sum(m, axis=-1, out=out)',
    peer: 'np.sum(m, 1)',
    js: 'for (let r = 0; r < rows; r++) { let s = zero; for (let c = 0; c < cols; c++) s += m[r * cols + c]; out[r] = s }',
    c: 'for (size_t r = 0; r < rows; r++) { O s = 0; for (size_t c = 0; c < cols; c++) s += m[r * cols + c]; out[r] = s; }',
  },
  {
    name: 'cumulativeSum',
    note: 'running sums',
    unchecked: 'float32',
    dtypes: REDUCED,
    out: 'sum',
    ebb: 'nd.cumulativeSum(a, { out })',
    numpy: 'np.cumsum(a, out=out)',
    peer: 'np.cumsum(a)',
    loop: { from: 'zero', each: 'out[i] = s += a[i]' },
  },
  {
    name: 'take',
    note: 'a[index], random indices',
    dtypes: REDUCED,
    out: 'same',
    ebb: 'nd.take(a, index, { out })',
    numpy: `np.take(a, index, out=out, mode='clip')`,
    peer: 'np.take(a, index)',
    loop: { each: 'out[i] = a[at(index[i])]' },
  },
  {
    name: 'compress',
    note: 'a[mask], a new array',
    dtypes: REDUCED,
    out: 'same',
    ebb: 'a.compress(mask)',
    numpy: 'a[mask]',
    peer: 'np.compress(mask, a)',
    js: 'let j = 0; for (let i = 0; i < n; i++) if (mask[i]) out[j++] = a[i]',
    c: 'size_t j = 0; for (size_t i = 0; i < n; i++) if (mask[i]) out[j++] = a[i];',
    unchecked: true,
  },
  {
    name: 'sort',
    note: 'stable; up to 10⁶ elements',
    dtypes: REDUCED,
    most: 1_000_000,
    out: 'same',
    ebb: 'nd.sort(a, { out })',
    numpy: `np.copyto(out, a); out.sort(kind='stable')`,
    peer: 'np.sort(a)',
    js: 'out.set(a); out.sort()',
  },
  {
    name: 'argsort',
    note: 'stable, int64 (NumPy makes a new array); up to 10⁶ elements',
    dtypes: REDUCED,
    most: 1_000_000,
    out: 'int64',
    ebb: 'nd.argsort(a, { out })',
    numpy: `np.argsort(a, kind='stable')`,
    peer: 'np.argsort(a)',
  },
  {
    name: 'matmul',
    note: '512 × 512 by 512 × 512, a new array',
    dtypes: FLOATS,
    sizes: [512 * 512],
    out: 'same',
    ebb: 'nd.matmul(m, w)',
    numpy: 'np.matmul(m, w)',
    peer: 'np.matmul(m, w)',
    js: 'out.fill(0); for (let r = 0; r < rows; r++) for (let i = 0; i < cols; i++) for (let c = 0; c < cols; c++) out[r * cols + c] += m[r * cols + i] * w[i * cols + c]',
    c: 'for (size_t i = 0; i < n; i++) out[i] = 0; for (size_t r = 0; r < rows; r++) for (size_t i = 0; i < cols; i++) for (size_t c = 0; c < cols; c++) out[r * cols + c] += m[r * cols + i] * w[i * cols + c];',
  },
  {
    name: 'integers',
    note: 'random, 0 to 99, a new array (where the generators have one stream: NumPy’s own)',
    dtypes: ['int64', 'int32', 'uint8'],
    ebb: `rng.integers(0, 100, { size: [n], dtype })`,
    numpy: 'rng.integers(0, 100, size=n, dtype=dtype)',
    peer: 'rng.integers(0, 100, [n])',
    unchecked: true,
  },
  ...['PCG64', 'SFC64', 'MT19937'].map(
    (bits): Row => ({
      name: `integers of ${bits}`,
      note: 'random, 0 to 99, a new array',
      dtypes: ['int32'],
      ebb: `new nd.random.Generator(new nd.random.${bits}(1)).integers(0, 100, { size: [n], dtype })`,
      numpy: `np.random.Generator(np.random.${bits}(1)).integers(0, 100, size=n, dtype=dtype)`,
      unchecked: true,
    }),
  ),
  {
    name: 'random',
    note: 'uniform numbers of PCG64',
    dtypes: FLOATS,
    out: 'same',
    ebb: 'rng.random({ out })',
    numpy: 'rng.random(out=out, dtype=dtype)',
    unchecked: true,
  },
  {
    name: 'standardNormal',
    note: 'normal numbers of PCG64, by the ziggurat',
    dtypes: FLOATS,
    out: 'same',
    ebb: 'rng.standardNormal({ out })',
    numpy: 'rng.standard_normal(out=out, dtype=dtype)',
    unchecked: true,
  },
  {
    name: 'zeros, released',
    note: 'a new array of 64 elements, and its release',
    dtypes: ['float64'],
    sizes: [64],
    ebb: 'nd.zeros([64])',
    numpy: 'np.zeros(64)',
    peer: 'np.zeros([64])',
    js: 'keep(new Float64Array(64))',
    c: 'void *block = calloc(64, 8); keep(block); free(block);',
  },
  {
    name: 'add, released',
    note: 'a + b into a new array of 64 elements, and its release',
    dtypes: ['float64'],
    sizes: [64],
    unchecked: true,
    ebb: 'nd.add(a, b)',
    numpy: 'np.add(a, b)',
    peer: 'np.add(a, b)',
    js: 'const c = new Float64Array(64); for (let i = 0; i < 64; i++) c[i] = a[i] + b[i]; keep(c)',
    c: 'double *block = malloc(64 * 8); for (size_t i = 0; i < 64; i++) block[i] = a[i] + b[i]; keep(block); free(block);',
  },
]
