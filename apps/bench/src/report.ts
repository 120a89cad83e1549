import type { Case } from './cases.ts'
import type { Machine } from './machine.ts'
import type { Result, Task } from './measure.ts'
import type { PartyName } from './party.ts'
import type { Startup } from './startup.ts'

/** All figures of a run; as JSON, what --json writes. */
export interface Report<T extends Task = Case> {
  readonly date: string
  readonly quick: boolean
  readonly machine: Machine
  /** The version of each party that took part. */
  readonly versions: Partial<Record<PartyName, string>>
  /** Why a party took no part. */
  readonly absent: Partial<Record<PartyName, string>>
  readonly results: readonly Result<T>[]
  readonly startup?: Startup
}
