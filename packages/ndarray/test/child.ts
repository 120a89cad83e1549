import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Runs a script of test/children in a process of its own.
 * @returns What it printed on its standard output, as JSON.
 * @throws Error unless it ends with success.
 */
export function runChild<Result>(
  script: string,
  options: { args?: string[]; env?: NodeJS.ProcessEnv; node?: string[] } = {},
): Result {
  const path = fileURLToPath(new URL(`./children/${script}`, import.meta.url))
  const run = spawnSync(
    process.execPath,
    [...(options.node ?? []), '--import', 'tsx', path, ...(options.args ?? [])],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', EBB_PAGER: '', EBB_MALLOC: '', ...options.env },
    },
  )
  if (run.status !== 0) throw new Error(`${script} ended with ${run.status ?? run.signal}: ${run.stderr}`)
  return JSON.parse(run.stdout) as Result
}
