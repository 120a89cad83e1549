import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { temporaryFolder } from './files.ts'
import { DTYPES, elements } from './reference.ts'

/** The first Python that has NumPy. */
const python = ['python3', '/usr/bin/python3'].find(
  command => spawnSync(command, ['-c', 'import numpy']).status === 0,
)
if (!python) console.warn('no python3 with numpy was found: files of ours are not read by NumPy')

const folder = temporaryFolder()

/** Describes each array that NumPy finds in a file, without executing anything in it. */
const SCRIPT = `
import json, sys, numpy as np
def text(a):
    return [repr(float(x)) if a.dtype.kind == "f" else str(int(x)) for x in a.ravel()]
def described(a):
    return [str(a.dtype.newbyteorder("=")), list(a.shape), text(a)]
result = {}
for path in json.load(open(sys.argv[1])):
    loaded = np.load(path, allow_pickle=False)
    named = loaded.items() if path.endswith(".npz") else [("", loaded)]
    result[path] = {name: described(a) for name, a in named}
print(json.dumps(result))
`

function readByNumpy(paths: string[]): Record<string, Record<string, unknown>> {
  const list = folder.path('list.json')
  writeFileSync(list, JSON.stringify(paths))
  const { status, stdout, stderr } = spawnSync(python as string, ['-W', 'error', '-c', SCRIPT, list], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function described(a: nd.NDArray): unknown {
  const isFloat = a.info.kind === 'float'
  return [
    a.dtype,
    [...a.shape],
    elements(a).map(value => (isFloat ? pythonFloat(value as number) : String(value))),
  ]
}

/** A float as Python's repr writes it, for those of this test. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/** Arrays of a dtype in every layout that is written differently. */
function samplesOf(dtype: nd.DType): Record<string, nd.NDArray> {
  const { kind } = nd.dtypes[dtype]
  const few =
    kind === 'bool' ? [0, 1] : kind === 'float' ? [0.5, -0, NaN, Infinity, -2.25, 1024] : [0, 1, 100, 7]
  const flat = Array.from({ length: 60 }, (_, i) => few[i % few.length] as number)
  const whole = nd.array(flat, { dtype }).reshape([3, 4, 5])
  return {
    whole,
    flipped: whole.T,
    part: whole.slice([null, null, -2], ':', [1, null, 2]),
    empty: whole.slice([0, 0]),
    scalar: whole.slice(1, 2, 3).copy().reshape([]),
  }
}

it.runIf(python)(
  'NumPy reads every dtype, byte order, layout and version, plain and in archives',
  async () => {
    const paths: string[] = []
    const expected: Record<string, Record<string, unknown>> = {}
    for (const dtype of DTYPES) {
      const samples = samplesOf(dtype)
      const all = Object.fromEntries(Object.entries(samples).map(([name, a]) => [name, described(a)]))
      for (const byteOrder of ['little', 'big'] as const) {
        for (const compressed of [false, true]) {
          const path = folder.path(`${dtype}-${byteOrder}-${compressed}.npz`)
          await nd.savez(path, samples, { byteOrder, compressed })
          paths.push(path)
          expected[path] = all
        }
        for (const version of [1, 2, 3] as const) {
          for (const [name, a] of Object.entries(samples)) {
            const path = folder.path(`${dtype}-${byteOrder}-${version}-${name}.npy`)
            await nd.save(path, a, { byteOrder, version })
            paths.push(path)
            expected[path] = { '': described(a) }
          }
        }
      }
      for (const a of Object.values(samples)) a.release()
    }
    expect(readByNumpy(paths)).toEqual(expected)
  },
)
