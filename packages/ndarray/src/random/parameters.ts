import type { Core } from '@ebb/core'
import { describe, isScalar, toElement } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { broadcastTo } from '../functions/broadcast.ts'
import { copy } from '../functions/creation.ts'
import { canCast } from '../functions/datatypes.ts'
import type { Temporaries } from '../functions/temporaries.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { NDArray } from '../ndarray.ts'
import { type Shape, sameShape } from '../shape.ts'
import type { Distribution, Parameter } from './distributions.ts'
import { isValues, toArray } from './values.ts'

/** Bytes from a slot for scalars to the next. */
const SLOT_BYTES = 16

/**
 * Takes the parameters of a distribution from what a method was given, defaults in the place of what is
 * missing. Each is checked by itself.
 * @throws DTypeError, ReleasedError; HeapError for arrays of several heaps.
 */
export function toParameters(
  { name, parameters }: Distribution,
  given: readonly unknown[],
  temporaries: Temporaries,
): (number | bigint | NDArray)[] {
  const values = parameters.map((parameter, i) => toParameter(name, parameter, given[i], temporaries))
  const arrays = values.filter(value => value instanceof NDArray)
  for (const array of arrays) assertSameHeap(array, arrays[0] as NDArray)
  return values
}

function toParameter(
  name: string,
  parameter: Parameter,
  given: unknown,
  temporaries: Temporaries,
): number | bigint | NDArray {
  const value = given ?? parameter.default
  if (value === undefined) throw new DTypeError(`${name} needs ${parameter.name}, a number or an array`)
  const dtype = parameter.dtype ?? 'float64'
  if (!isValues(value)) {
    if (!isScalar(value)) throw wrongValue(parameter.name, 'be a number or an array', value)
    const element = toElement(value, dtype)
    assertHolds(parameter, element)
    return element
  }
  const array = toArray(value, temporaries, dtype)
  if (dtype === 'float64' || canCast(array, dtype)) return array
  throw new DTypeError(`${parameter.name} must be of integers that fit int64, not ${array.dtype}`)
}

function assertHolds({ name, condition }: Parameter, value: number | bigint): void {
  if (!condition.holds(Number(value))) throw wrongValue(name, condition.text, value)
}

function wrongValue(name: string, text: string, value: unknown): DTypeError {
  return new DTypeError(`${name} must ${text}, not ${typeof value === 'bigint' ? value : describe(value)}`)
}

/** Parameters as the core reads them: addresses, each with a step in bytes. */
export type Place = (core: Core) => number[]

/**
 * Brings parameters to where the core reads them: numbers to slots, arrays to contiguous ones of the result's
 * shape. Elements of arrays are checked, and numbers and arrays together.
 * @throws DTypeError; ShapeError when an array does not broadcast to the shape; OutOfMemoryError
 */
export function placeParameters(
  { parameters, conflict }: Distribution,
  values: readonly (number | bigint | NDArray)[],
  shape: Shape,
  temporaries: Temporaries,
): Place {
  const placed = values.map((value, i) => {
    if (!(value instanceof NDArray)) return value
    return packed(value, parameters[i] as Parameter, shape, temporaries)
  })
  assertNoConflict(conflict, placed)
  return core => placed.flatMap((value, i) => placeOf(core, value, i))
}

/** A contiguous array of a shape, its elements of the parameter's dtype and checked. */
function packed(value: NDArray, parameter: Parameter, shape: Shape, temporaries: Temporaries): NDArray {
  const dtype = parameter.dtype ?? 'float64'
  const own = temporaries.add(copy(value, dtype))
  for (const element of elementsOf(own)) assertHolds(parameter, element)
  if (sameShape(own.shape, shape)) return own
  return temporaries.add(copy(temporaries.add(broadcastTo(own, shape)), dtype))
}

type Elements = Iterable<number | bigint> & ArrayLike<number | bigint>

function elementsOf({ lease, info, byteAddress, size }: NDArray): Elements {
  return new info.array(lease.heap.core.memory.buffer, byteAddress, size)
}

function assertNoConflict(
  conflict: Distribution['conflict'],
  placed: readonly (number | bigint | NDArray)[],
): void {
  if (!conflict) return
  const columns = placed.map(value => (value instanceof NDArray ? elementsOf(value) : value))
  const lengths = columns.map(column => (typeof column === 'object' ? column.length : 1))
  const count = lengths.includes(0) ? 0 : Math.max(...lengths)
  for (let i = 0; i < count; i++) {
    const problem = conflict(
      ...columns.map(column => Number(typeof column === 'object' ? column[i] : column)),
    )
    if (problem) throw new DTypeError(problem)
  }
}

/** Address and step of the i-th parameter; a number is written to its slot. */
function placeOf(core: Core, value: number | bigint | NDArray, i: number): [number, number] {
  if (value instanceof NDArray) return [value.byteAddress, value.info.bytes]
  const address = slotOf(core, i)
  if (typeof value === 'bigint') new BigInt64Array(core.memory.buffer, address, 1)[0] = value
  else new Float64Array(core.memory.buffer, address, 1)[0] = value
  return [address, 0]
}

/** The slot of the i-th parameter, behind the one that a single value is drawn to. */
export function slotOf(core: Core, i: number): number {
  return (core.exports.scalarSlots() >>> 0) + (i + 1) * SLOT_BYTES
}
