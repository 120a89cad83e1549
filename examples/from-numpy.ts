/**
 * NumPy, line by line: on the left what Python writes, on the right what Ebb prints for it, which is what
 * NumPy 2 prints.
 *
 * Prints:
 *
 *     v.shape, v.dtype, v.nbytes      (4, 3) int32 48
 *     v[1]                            [43 43 85]
 *     v[::-1, -1]                     [97 20 85 65]
 *     v[v > 80]                       [85 97]
 *     v.sum(), v.std()                576 30.155154341063046
 *     v.max(axis=0)                   [43 77 97]
 *     np.median(v, axis=1)            [65. 43. 20. 52.]
 *     v @ [1, 10, 100]                [ 7278  8973  2698 10229]
 *     (v * w)[0]                      [ 0.  38.5 65. ]
 *     v[0] // 7, v[0] % 7             [ 1 11  9] [1 0 2]
 *     np.where(v[0] > 50, v[0], -1)   [-1 77 65]
 *     np.sort(v[:, 0])                [ 8  8  9 43]
 *     np.histogram(v, bins=4)[0]      [4 3 2 3]
 *     np.unique(v % 5)                [0 2 3 4]
 *     np.quantile(v, [0.25, 0.75])    [17.25 71.  ]
 *     np.concat([v[0], v[1]])         [ 8 77 65 43 43 85]
 *     np.pad(w, 1)                    [0.  0.  0.5 1.  0. ]
 *     np.exp(w)                       [1.         1.64872127 2.71828183]
 *     rng.normal(size=2)              [ 0.1278404  -0.31624259]
 *     v[v <= 50] = 0; v[0]            [ 0 77 65]
 */
import * as nd from '@ebb/ndarray'

const rng = nd.random.defaultRng(42) // rng = np.random.default_rng(42)
const v = rng.integers(0, 100, { size: [4, 3], dtype: 'int32' }) // v = rng.integers(0, 100, (4, 3), 'int32')
const w = nd.linspace(0, 1, 3) // w = np.linspace(0, 1, 3)

const lines: [python: string, ebb: () => unknown][] = [
  ['v.shape, v.dtype, v.nbytes', () => `(${v.shape.join(', ')}) ${v.dtype} ${v.nbytes}`],
  ['v[1]', () => v.slice(1)],
  ['v[::-1, -1]', () => v.slice('::-1', -1)],
  ['v[v > 80]', () => v.slice(nd.greater(v, 80))],
  ['v.sum(), v.std()', () => `${v.sum()} ${v.std()}`],
  ['v.max(axis=0)', () => v.max({ axis: 0 })],
  ['np.median(v, axis=1)', () => nd.median(v, { axis: 1 })],
  ['v @ [1, 10, 100]', () => v.matmul(nd.array([1, 10, 100], { dtype: 'int32' }))],
  ['(v * w)[0]', () => v.multiply(w).slice(0)],
  ['v[0] // 7, v[0] % 7', () => `${v.slice(0).floorDivide(7)} ${v.slice(0).remainder(7)}`],
  ['np.where(v[0] > 50, v[0], -1)', () => nd.where(nd.greater(v.slice(0), 50), v.slice(0), -1)],
  ['np.sort(v[:, 0])', () => nd.sort(v.slice(null, 0))],
  ['np.histogram(v, bins=4)[0]', () => nd.histogram(v, { bins: 4 })[0]],
  ['np.unique(v % 5)', () => nd.uniqueValues(v.remainder(5))],
  ['np.quantile(v, [0.25, 0.75])', () => nd.quantile(v, [0.25, 0.75])],
  ['np.concat([v[0], v[1]])', () => nd.concat([v.slice(0), v.slice(1)])],
  ['np.pad(w, 1)', () => nd.pad(w, 1)],
  ['np.exp(w)', () => nd.exp(w)],
  ['rng.normal(size=2)', () => rng.normal(0, 1, { size: [2] })],
]
for (const [python, ebb] of lines) console.log(`${python.padEnd(31)} ${nd.scope(() => String(ebb()))}`)

v.assignWhere('<=', 50, 0) // v[v <= 50] = 0
console.log(`${'v[v <= 50] = 0; v[0]'.padEnd(31)} ${v.slice(0)}`)
