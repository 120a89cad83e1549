import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { npyFile, npyFileOf } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { DTYPES, elements, fromText } from './reference.ts'

interface Saved {
  file: string
  dtype: nd.DType
  shape: number[]
  values: string[]
}

const FOLDER = new URL('./fixtures/npy/', import.meta.url)
const SAVED = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8')) as Saved[]
const temporary = mkdtempSync(join(tmpdir(), 'ebb-npy-'))
afterAll(() => rmSync(temporary, { recursive: true }))

function bytesOf(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(file, FOLDER)))
}

/** A file of the given bytes, for what only reads files. */
function fileOf(bytes: Uint8Array): string {
  const path = join(temporary, 'damaged.npy')
  writeFileSync(path, bytes)
  return path
}

/** Neither way to read the bytes accepts them, and nothing is left in the heap. */
async function refusesFile(bytes: Uint8Array): Promise<void> {
  refuses(nd.FormatError, () => nd.loadSync(bytes))
  const path = fileOf(bytes)
  refuses(nd.FormatError, () => nd.loadSync(path))
  const before = nd.memory.heap().blocks
  await expect(nd.load(path)).rejects.toThrow(nd.FormatError)
  await expect(nd.load(bytes)).rejects.toThrow(nd.FormatError)
  expect(nd.memory.heap().blocks).toBe(before)
}

describe('files that NumPy wrote', () => {
  it.each(SAVED)('$file is read from every source', async ({ file, dtype, shape, values }) => {
    const url = new URL(file, FOLDER)
    const bytes = bytesOf(file)
    const expected = values.map(text => fromText(text, dtype))
    const blocks = nd.memory.heap().blocks
    for (const source of [url, url.pathname, bytes, Buffer.from(bytes), bytes.buffer]) {
      for (const a of [nd.loadSync(source), await nd.load(source)]) {
        expect([a.dtype, a.shape]).toEqual([dtype, shape])
        expect(elements(a)).toEqual(expected)
        expect(a.release()).toBe(a.nbytes)
      }
    }
    expect(nd.memory.heap().blocks).toBe(blocks)
    nd.memory.check()
  })

  it('in Fortran order keep their order in memory', () => {
    using a = nd.loadSync(bytesOf('3d-fortran.npy'))
    expect(a.strides).toEqual([1, 2, 6])
    expect(a.get(1, 2, 3)).toBe(23)
    expect(a.data[1]).toBe(12)
    expect(a.sum()).toBe(276n)
  })

  const refused = readdirSync(FOLDER).filter(name => name.startsWith('refused-'))
  it.each(refused)('%s is of a kind that is not read', async file => {
    await refusesFile(bytesOf(file))
  })

  it('a part of a larger buffer is read where it lies', () => {
    const file = bytesOf('int32-c-v1.npy')
    const larger = new Uint8Array(file.length + 20).fill(255)
    larger.set(file, 7)
    using a = nd.loadSync(larger.subarray(7, 7 + file.length))
    using b = nd.loadSync(file)
    expect(a.toArray()).toEqual(b.toArray())
  })

  it('larger than a chunk are read whole', async () => {
    const values = Float64Array.from({ length: 200_000 }, (_, i) => i / 3)
    const path = fileOf(npyFile('float64', [400, 500], new Uint8Array(values.buffer)))
    using a = nd.loadSync(path)
    using b = await nd.load(pathToFileURL(path))
    expect(a.shape).toEqual([400, 500])
    expect(a.data.every((value, i) => value === values[i])).toBe(true)
    using same = nd.equal(a, b)
    expect(same.sum()).toBe(200_000n)
  })

  it('bool bytes other than 0 and 1 become 1', () => {
    using a = nd.loadSync(npyFile('bool', [5], Uint8Array.of(0, 1, 2, 128, 255)))
    expect([...a.data]).toEqual([0, 1, 1, 1, 1])
    expect(a.sum()).toBe(4n)
  })

  it('every dtype is read from a header of every version', () => {
    for (const dtype of DTYPES) {
      for (const version of [1, 2, 3]) {
        const one = npyFile(dtype, [2], new Uint8Array(2 * nd.dtypes[dtype].bytes))
        const header = new TextDecoder().decode(one.subarray(10, one.indexOf(10, 10)))
        using a = nd.loadSync(npyFileOf(header, new Uint8Array(2 * nd.dtypes[dtype].bytes), version))
        expect([a.dtype, Number(a.sum())]).toEqual([dtype, 0])
      }
    }
  })
})

describe('damaged and forged files are refused, and nothing is allocated:', () => {
  it('truncated anywhere', () => {
    for (const file of ['int16-c-v1.npy', 'float64-fortran-v2.npy', 'float32-big-c-v3.npy']) {
      const bytes = bytesOf(file)
      for (let length = 0; length < bytes.length; length++) {
        const before = nd.memory.heap().allocations
        expect(() => nd.loadSync(bytes.subarray(0, length))).toThrow(nd.FormatError)
        expect(nd.memory.heap().allocations).toBe(before)
      }
    }
  })

  it('with bytes behind the elements', async () => {
    const bytes = bytesOf('int16-c-v1.npy')
    await refusesFile(Uint8Array.from([...bytes, 0]))
  })

  const shape = (text: string): string => `{'descr': '<i4', 'fortran_order': False, 'shape': ${text}, }`
  const descr = (text: string): string => `{'descr': ${text}, 'fortran_order': False, 'shape': (1,), }`
  const forged: [string, string][] = [
    ['a shape of more bytes than there are', shape('(2,)')],
    ['a shape of fewer', shape('(0,)')],
    ['a shape that overflows 2^32', shape('(65536, 65536)')],
    ['a shape that overflows 2^53', shape('(9007199254740991, 9007199254740991)')],
    ['a shape that overflows 2^64 to the right size', shape('(4294967296, 4294967296, 1)')],
    ['a length of many digits', shape(`(${'9'.repeat(400)},)`)],
    ['a negative length', shape('(-1,)')],
    ['two negative lengths', shape('(-1, -1)')],
    ['a fractional length', shape('(1.0,)')],
    ['a length in words', shape("('1',)")],
    ['a shape of 65 axes', shape(`(${'1, '.repeat(65)})`)],
    ['a list as shape', shape('[1]')],
    ['an expression as shape', shape('(1+0,)')],
    ['a call as shape', shape("__import__('os').getpid()")],
    ['a nested shape', shape('((1,),)')],
    ['lengths without a comma', shape('(1 1)')],
    ['an open bracket', shape('(1,')],
    ['a dictionary without its end', "{'descr': '<i4', 'fortran_order': False, 'shape': (1,)"],
    ['text behind the dictionary', `${shape('(1,)')} + 1`],
    ['two dictionaries', shape('(1,)') + shape('(1,)')],
    ['no dictionary', '(1,)'],
    ['nothing', ''],
    ['a missing key', "{'descr': '<i4', 'shape': (1,), }"],
    ['an unknown key', "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), 'more': 1}"],
    ['a key of every object', "{'descr': '<i4', 'fortran_order': False, 'toString': (1,)}"],
    ['a duplicate key', "{'descr': '<i4', 'descr': '<i4', 'fortran_order': False, 'shape': (1,), }"],
    ['an order that is no boolean', "{'descr': '<i4', 'fortran_order': 0, 'shape': (1,), }"],
    ['an order in lower case', "{'descr': '<i4', 'fortran_order': false, 'shape': (1,), }"],
    ['objects', descr("'|O'")],
    ['text elements', descr("'<U1'")],
    ['float16', descr("'<f2'")],
    ['long double', descr("'<f16'")],
    ['complex', descr("'<c8'")],
    ['times', descr("'<M8[s]'")],
    ['a structure', descr("[('a', '<i4')]")],
    ['a name of every object', descr("'<toString'")],
    ['a prototype', descr("'__proto__'")],
    ['an integer of 3 bytes', descr("'<i3'")],
    ['an escape', descr("'\\x3ci4'")],
    ['quotes that differ', descr('\'<i4"')],
  ]
  it.each(forged)('%s', async (_, header) => {
    await refusesFile(npyFileOf(header, new Uint8Array(4)))
    await refusesFile(npyFileOf(header, new Uint8Array(4), 3))
  })

  it('a header of 4 GiB', async () => {
    const bytes = npyFileOf(shape('(1,)'), new Uint8Array(4), 2)
    bytes.fill(255, 8, 12)
    await refusesFile(bytes)
  })

  it('a header longer than the file', async () => {
    const bytes = npyFileOf(shape('(1,)'), new Uint8Array(4))
    bytes[9] = 200
    await refusesFile(bytes)
  })

  it('a header of a long text that almost fits', async () => {
    await refusesFile(npyFileOf(shape(`(${'1,'.repeat(20_000)}x)`), new Uint8Array(4)))
    await refusesFile(npyFileOf(shape(`(1${' '.repeat(50_000)}x)`), new Uint8Array(4)))
  })

  it.each([0, 4, 255])('version %d', async version => {
    await refusesFile(npyFileOf(shape('(1,)'), new Uint8Array(4), version))
  })

  it('another magic', async () => {
    const bytes = npyFileOf(shape('(1,)'), new Uint8Array(4))
    bytes[0] = 0x92
    await refusesFile(bytes)
    await refusesFile(new Uint8Array())
    await refusesFile(new TextEncoder().encode('PK\x03\x04 some zip file'))
  })

  it('bytes changed at random: a clear error, or a valid array', () => {
    const changes = fc.array(
      fc.record({ at: fc.nat({ max: 200 }), byte: fc.nat({ max: 255 }), kind: fc.nat({ max: 2 }) }),
      { minLength: 1, maxLength: 6 },
    )
    const seeds = fc.constantFrom(
      'int16-c-v1.npy',
      'float64-fortran-v2.npy',
      'uint32-big-c-v3.npy',
      'bool-c-v1.npy',
    )
    fc.assert(
      fc.property(seeds, changes, (file, list) => {
        const bytes = [...bytesOf(file)]
        for (const { at, byte, kind } of list) {
          const place = at % Math.max(1, bytes.length)
          if (kind === 0) bytes[place] = byte
          else if (kind === 1) bytes.splice(place, 1)
          else bytes.splice(place, 0, byte)
        }
        leavesNothing(() => {
          try {
            using a = nd.loadSync(Uint8Array.from(bytes))
            expect(elements(a).length).toBe(a.size)
            expect(a.data.byteLength).toBe(a.nbytes)
          } catch (error) {
            if (!(error instanceof nd.FormatError || error instanceof nd.OutOfMemoryError)) throw error
          }
        })
      }),
      { numRuns: 1500 },
    )
  })

  it('characters of the header changed at random: a clear error, or a valid array', () => {
    const header = shape('(1, 1)')
    const part = fc.constantFrom(
      ...`(),:'"{}[]0123456789-TrueFalse<>|=iufbLx \n\\#`.split(''),
      'True',
      '(1,)',
      "'descr'",
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: header.length }), part), { minLength: 1, maxLength: 4 }),
        list => {
          let text = header
          for (const [at, insert] of list) text = text.slice(0, at) + insert + text.slice(at + (at % 2))
          leavesNothing(() => {
            try {
              using a = nd.loadSync(npyFileOf(text, new Uint8Array(4)))
              expect(a.nbytes).toBe(4)
            } catch (error) {
              if (!(error instanceof nd.FormatError)) throw error
            }
          })
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('a file that cannot be opened, and what is no source', async () => {
    const missing = join(temporary, 'missing.npy')
    expect(() => nd.loadSync(missing)).toThrow(/ENOENT/)
    await expect(nd.load(missing)).rejects.toThrow(/ENOENT/)
    expect(() => nd.loadSync(temporary)).toThrow(/EISDIR/)
    for (const bad of [5, null, undefined, {}, [1], new Float64Array(2), new DataView(new ArrayBuffer(8))]) {
      refuses(nd.DTypeError, () => nd.loadSync(bad as never))
      await expect(nd.load(bad as never)).rejects.toThrow(nd.DTypeError)
    }
  })
})
