/** The arrays that the page holds, by name: what is on the shelf is alive until it is released. */
import * as nd from '@ebb/ndarray'
import { changed } from './redraw.ts'

export type Held = nd.NDArray | nd.RefArray

const held = new Map<string, Held>()
const gone: ((array: Held) => void)[] = []

/** Every array with its name, in the order in which they came. */
export function entries(): [string, Held][] {
  // A script may have released what is listed.
  for (const [name, array] of held) if (array.released) forget(name, array)
  return [...held]
}

/** Puts an array on the shelf; under another name with a number, when its own is taken. Returns the name. */
export function put(wanted: string, array: Held): string {
  for (const [name, other] of entries()) if (other === array) return name
  let name = wanted
  for (let number = 2; held.has(name); number++) name = `${wanted}${number}`
  held.set(name, array)
  changed()
  return name
}

/** Releases an array. Returns the bytes that came free: 0 while a view or a list still refers to them. */
export function release(name: string): number {
  const array = held.get(name)
  if (!array) return 0
  const bytes = array.release()
  forget(name, array)
  return bytes
}

/** Calls a function for every array that leaves the shelf. */
export function onGone(callback: (array: Held) => void): void {
  gone.push(callback)
}

/** How many references hold the array's block. */
export function references(array: Held): number {
  return nd.refCount(array)
}

function forget(name: string, array: Held): void {
  held.delete(name)
  for (const callback of gone) callback(array)
  changed()
}
