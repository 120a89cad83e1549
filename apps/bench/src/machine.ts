import { cpus, release, totalmem } from 'node:os'

/** What the figures hold for. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  /** Bytes. */
  readonly memory: number
  readonly system: string
  readonly node: string
}

export function readMachine(): Machine {
  const cores = cpus()
  return {
    cpu: cores[0]?.model.trim() ?? 'an unknown processor',
    cores: cores.length,
    memory: totalmem(),
    system: `${process.platform === 'linux' ? 'Linux' : process.platform} ${release().replace(/-.*/, '')}, ${process.arch}`,
    node: process.versions.node,
  }
}
