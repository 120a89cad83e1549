import { cpus } from 'node:os'
import * as nd from '@ebb/ndarray'
import { Failure } from './failure.ts'
import type { Machine } from './result.ts'

/**
 * The machine's memory, as it is before anything is measured, and what the demo runs on.
 * @throws Failure with exit code 2 when EBB_PAGER names no backend, or one that cannot be used here.
 */
export function readMachine(): Machine {
  const { total, used, free, available, limit } = nd.memory.system()
  return {
    total: known(total),
    used: known(used),
    free: known(free),
    available: known(available),
    limit: known(limit),
    platform: `${process.platform} ${process.arch}`,
    processor: processor(),
    node: process.versions.node,
    pager: pagerBackend(),
  }
}

function processor(): string {
  const cores = cpus()
  return `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores`
}

function pagerBackend(): string {
  try {
    return nd.memory.pager().backend
  } catch (error) {
    throw new Failure((error as Error).message, 2)
  }
}

/** NaN and undefined are null in JSON, and here. */
function known(bytes: number | undefined): number | null {
  return bytes === undefined || Number.isNaN(bytes) ? null : bytes
}
