import { expect, test } from 'vitest'
import { describeEnding, runProcess } from '../src/process.ts'
import type { Report } from '../src/protocol.ts'

/** Runs JavaScript in a process of its own, as a way is run. */
async function run(script: string) {
  const reports: Report[] = []
  const ending = await runProcess(process.execPath, ['-e', script], report => reports.push(report))
  return { reports, ending }
}

test('each line is a report', async () => {
  const { reports, ending } = await run('console.log(`{"zeroed":1}\\n{"zeroed":2}`)')
  expect(reports).toEqual([{ zeroed: 1 }, { zeroed: 2 }])
  expect(ending).toEqual({ code: 0, signal: null, complaint: '' })
})

test.each([
  ['true', 2],
  ['false', 1],
])('a failure with badFile %s has exit code %i', async (badFile, exitCode) => {
  const script = `console.log('{"failure":{"message":"no good","badFile":${badFile}}}'); process.exitCode = 1`
  await expect(run(script)).rejects.toMatchObject({ message: 'no good', exitCode })
})

test('a crash is described in one line', async () => {
  const { ending } = await run('null.property')
  expect(describeEnding(ending)).toMatch(/^ended with exit code 1: TypeError: Cannot read .*$/)
})

test.skipIf(process.platform === 'win32')('so is an end by the system for want of memory', async () => {
  const { ending } = await run('process.kill(process.pid, "SIGKILL")')
  expect(describeEnding(ending)).toBe('was killed (SIGKILL): out of memory, most likely')
})

test('a command that is not there rejects with the error of spawn', async () => {
  await expect(runProcess('ebb-no-such-command', [], () => {})).rejects.toMatchObject({ code: 'ENOENT' })
})
