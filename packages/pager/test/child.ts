import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a child printed on its standard output, as JSON, and its standard error as text. */
export interface ChildRun<Result> {
  result: Result
  stderr: string
}

/** Runs a script of test/children in a process of its own. Throws unless it ends with success. */
export function runChild<Result>(
  script: string,
  args: string[] = [],
  env: NodeJS.ProcessEnv = {},
): ChildRun<Result> {
  const path = fileURLToPath(new URL(`./children/${script}`, import.meta.url))
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : []
  const run = spawnSync(process.execPath, [...loader, path, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', EBB_PAGER: '', ...env },
  })
  if (run.status !== 0) throw new Error(`${script} ended with ${run.status ?? run.signal}: ${run.stderr}`)
  return { result: JSON.parse(run.stdout) as Result, stderr: run.stderr }
}
