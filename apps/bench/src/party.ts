import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export const PARTIES = ['ebb', 'numpy', 'c', 'numpy-ts', 'js'] as const
/** Those that Ebb's thresholds are held against. */
export const MODELS = ['opencv', 'scikit-image'] as const
export type ModelName = (typeof MODELS)[number]
export type PartyName = (typeof PARTIES)[number] | ModelName

/** How to start a party. */
export interface Launch {
  readonly name: PartyName
  /** Undefined where there is no such program. */
  readonly command: string | undefined
  readonly args: readonly string[]
  /** Why there is no such program. */
  readonly otherwise?: string
  /** A process that takes longer to prepare a case, in ms, is ended. */
  readonly limit?: number
}

/** What a party tells when it is prepared. */
export interface Prepared {
  /** A sample of the result, to be compared. */
  readonly sample: number
  /** What was resident at most while it ran, above what was before, in bytes; where it was looked at. */
  readonly peak?: number
  /** What the run took, in ns; where it was looked at. */
  readonly ns?: number
}

/**
 * A process that runs cases. It is told lines, and answers each with one:
 * `prepare <id>` → `ready <sample of the result>`, and perhaps ` <peak> <ns>`; `run <times>` → `ns <elapsed>`;
 * either → `missing <why>`.
 * It says `hello <version>` first, or `absent <why>`.
 */
export class Party {
  readonly name: PartyName
  version = ''
  /** Why it takes no part, once it does not. */
  absent: string | undefined
  readonly #launch: Launch
  #child: ChildProcess | undefined
  #answer: ((line: string) => void) | undefined

  constructor(launch: Launch) {
    this.name = launch.name
    this.#launch = launch
  }

  async start(): Promise<void> {
    const { command, args, otherwise = 'there is no such program' } = this.#launch
    if (command === undefined) {
      this.absent = otherwise
      return
    }
    const first = this.#next()
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] })
    this.#child = child
    const lost = (why: string) => {
      if (this.#child === child) this.#child = undefined
      this.#tell(`absent ${why}`)
    }
    child.on('error', error => lost(error.message))
    child.stdin.on('error', () => {})
    child.on('close', (code, signal) => lost(`its process ended (${signal ?? code})`))
    createInterface(child.stdout).on('line', line => this.#tell(line))
    const [word, rest] = split(await first)
    if (word === 'hello') this.version = rest
    else this.absent = rest
  }

  /** @returns What it computed; or why it did not. */
  async prepare(id: number): Promise<Prepared | string> {
    if (this.absent !== undefined) return this.absent
    if (this.#child === undefined) await this.start()
    const { limit } = this.#launch
    const child = this.#child
    const timer = limit === undefined ? undefined : setTimeout(() => child?.kill('SIGKILL'), limit)
    const [word, rest] = split(await this.#ask(`prepare ${id}`))
    clearTimeout(timer)
    if (word !== 'ready') return child?.killed ? `takes longer than ${(limit ?? 0) / 1000} s` : rest
    const [sample = Number.NaN, peak, ns] = rest.split(' ').map(Number)
    return { sample, ...(peak !== undefined && { peak }), ...(ns !== undefined && { ns }) }
  }

  /** @returns Nanoseconds for all of the times together; undefined when it failed. */
  async run(times: number): Promise<number | undefined> {
    const [word, rest] = split(await this.#ask(`run ${times}`))
    return word === 'ns' ? Number(rest) : undefined
  }

  stop(): void {
    this.#child?.stdin?.end()
  }

  #ask(line: string): Promise<string> {
    if (this.#child === undefined) return Promise.resolve('absent its process ended')
    const answer = this.#next()
    this.#child.stdin?.write(`${line}\n`)
    return answer
  }

  #next(): Promise<string> {
    return new Promise(resolve => {
      this.#answer = resolve
    })
  }

  #tell(line: string): void {
    const answer = this.#answer
    this.#answer = undefined
    answer?.(line)
  }
}

function split(line: string): [string, string] {
  const at = line.indexOf(' ')
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
}
