/**
 * Builds native/pager.c into dist/pager.node with the C compiler that is there: CC, else cc, gcc or clang.
 * The addon is optional. Without a compiler, or where compiling fails, there is none: a stale one is removed
 * and the build goes on, since the pager has other backends. `EBB_BUILD_VERBOSE=1` shows what a compiler said.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import headers from 'node-api-headers'

const source = fileURLToPath(new URL('../native/pager.c', import.meta.url))
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const target = `${dist}pager.node`

// Linked beside the target and renamed onto it: a process that has the old one mapped keeps the old one.
const fresh = `${dist}pager.${process.pid}.tmp`

/** CC may carry options, as make allows: "ccache gcc". Empty means unset. */
function compilers(): string[][] {
  const named = (process.env.CC ?? '').split(/\s+/).filter(word => word !== '')
  return [...(named.length > 0 ? [named] : []), ['cc'], ['gcc'], ['clang']]
}

/** The symbols of Node-API are resolved in the executable that loads the addon, which macOS must be told. */
const link =
  process.platform === 'darwin' ? ['-shared', '-undefined', 'dynamic_lookup'] : ['-shared', '-fPIC']

function compile([command = '', ...options]: string[]): boolean {
  const flags = [...options, '-O2', ...link, `-I${headers.include_dir}`, '-o', fresh, source]
  const run = spawnSync(command, flags, { encoding: 'utf8', windowsHide: true })
  if (process.env.EBB_BUILD_VERBOSE === '1') console.error(run.stderr || run.error?.message || '')
  return run.status === 0
}

mkdirSync(dist, { recursive: true })
if (compilers().some(compile)) renameSync(fresh, target)
else rmSync(target, { force: true })
rmSync(fresh, { force: true })
