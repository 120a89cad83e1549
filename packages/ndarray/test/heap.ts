import { expect } from 'vitest'
import * as nd from '../src/index.ts'

/** Runs `act`; then the heap must be whole, and hold as many blocks as before. */
export function leavesNothing<Result>(act: () => Result): Result {
  const before = nd.memory.heap().blocks
  const result = act()
  expect(nd.memory.heap().blocks, 'blocks in the heap').toBe(before)
  nd.memory.check()
  return result
}

type ErrorClass = new (...parameters: never[]) => nd.EbbError

/** `act` must throw an error of the kind, and leave the heap as it was. */
export function refuses(kind: ErrorClass, act: () => unknown): void {
  leavesNothing(() => expect(act).toThrow(kind))
}

/** The array holds these elements; much faster than toEqual where there are many. */
export function expectElements(a: nd.NDArray, values: readonly unknown[]): void {
  const actual = a.toTypedArray()
  expect(actual.length).toBe(values.length)
  const wrong = values.findIndex((value, i) => !Object.is(actual[i], value))
  if (wrong >= 0) expect({ [wrong]: actual[wrong] }).toEqual({ [wrong]: values[wrong] })
}
