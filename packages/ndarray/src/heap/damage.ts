import type { Damage } from '@ebb/core'
import { dtypes } from '../dtype.ts'
import { HeapError } from '../errors.ts'
import type { Heap } from './heap.ts'

/** What each kind of damage means. */
const SENTENCES: Record<Damage, string> = {
  overrun: 'something wrote behind the end of',
  underrun: 'something wrote before the beginning of',
  'write after release': 'something wrote after its release into',
  'double release': 'a second release was tried of',
}

const NAMES = new Map<number, string>(Object.values(dtypes).map(({ code, name }) => [code, name]))

/** The error for what the debug heap found around or in a block. */
export function damageError(damage: Damage, handle: number, address: number, heap: Heap): HeapError {
  const { exports } = heap.core
  const lease = heap.firstLeases.get(handle)
  const name = lease?.dtype ?? NAMES.get(exports.tagOfBlock(handle)) ?? 'reference'
  const bytes = lease?.bytes ?? exports.bytesOfBlock(handle) >>> 0
  const { madeAt, releasedAt } = lease ?? {}
  const made = madeAt ? `, made at ${madeAt}` : ''
  const released = releasedAt ? `, released at ${releasedAt}` : ''
  return new HeapError(
    `${damage}: ${SENTENCES[damage]} ${article(name)} ${name} block of ${bytes} bytes${made}${released} (address 0x${address.toString(16)})`,
  )
}

function article(name: string): string {
  return name.startsWith('int') ? 'an' : 'a'
}
