import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { runChild } from './child.ts'
import { temporaryFolder } from './files.ts'

const MIB = 2 ** 20
const folder = temporaryFolder()
const [input, output] = [folder.path('in.npy'), folder.path('out')]

function startEndless(kind: string): ChildProcess {
  const script = fileURLToPath(new URL('children/endless.ts', import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', script, kind, input, output], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

describe('a process that is killed while it writes', () => {
  it.each(['save', 'savez', 'threshold'])('leaves a whole file under the name: %s', async kind => {
    using a = nd.arange(0, 3 * 1024 * 1024, 1, { dtype: 'int32' })
    nd.saveSync(input, a)
    const child = startEndless(kind)
    const stdout = child.stdout as NodeJS.ReadableStream
    let begun = 0
    stdout.on('data', (text: Buffer) => {
      begun += text.toString().split('begins').length - 1
    })
    // The second time, there is a whole file to be spoilt.
    const ended = once(child, 'exit')
    while (begun < 2 && child.exitCode === null) await Promise.race([once(stdout, 'data'), ended])
    expect(child.exitCode).toBe(null)
    await pause(3)
    child.kill('SIGKILL')
    await ended
    const loaded = await nd.load<nd.NDArray | nd.Npz>(output)
    const b = loaded instanceof nd.NDArray ? loaded : (loaded.a as nd.NDArray)
    expect(b.shape).toEqual(a.shape)
    if (kind !== 'threshold') expect(nd.arrayEqual(a, b)).toBe(true)
    b.release()
    for (const name of folder.names().filter(name => name.endsWith('.tmp'))) rmSync(folder.path(name))
  })
})

it.runIf(process.platform === 'linux')('a file larger than the memory that is used is thresholded', () => {
  interface Run {
    threshold: number
    before: number
    peak: number
    after: number
  }
  const slab = Uint8Array.from({ length: 4 * MIB }, (_, i) => (i % 7 < 3 ? i % 50 : 150 + (i % 50)))
  const big = folder.path('big.npy')
  using header = nd.zeros([0, slab.length], { dtype: 'uint8' })
  const text = Buffer.from(nd.toNpy(header)).toString('latin1').replace('(0, ', '(64, ').replace(' \n', '\n')
  const file = openSync(big, 'w')
  writeSync(file, Buffer.from(text, 'latin1'))
  for (let row = 0; row < 64; row++) writeSync(file, slab)
  closeSync(file)
  const { threshold, before, peak, after } = runChild<Run>('thresholdfile.ts', {
    args: [big, output],
    node: ['--expose-gc'],
  })
  expect(threshold).toBe(49)
  expect(statSync(output).size).toBe(statSync(big).size)
  expect(peak - before).toBeLessThan(64 * MIB)
  expect(after - before).toBeLessThan(32 * MIB)
  rmSync(big)
})
