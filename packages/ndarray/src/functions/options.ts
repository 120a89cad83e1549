import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { NDArray } from '../ndarray.ts'

/** The names of a function's options; the compiler sees to it that each is there, and no other. */
export type OptionNames<O> = Readonly<Record<keyof O, unknown>>

const NONE: object = Object.freeze({})

/**
 * The options that a function was called with; every function reads its options through this one.
 * @param name The function, for messages.
 * @throws DTypeError for null and whatever else is no object of options, and for a name that is no option.
 */
export function optionsOf<O extends object>(name: string, options: O | undefined, names: OptionNames<O>): O {
  if (options === undefined) return NONE as O
  if (typeof options !== 'object' || options === null || isArrayLike(options)) {
    const example = Object.keys(names).join(', ')
    throw new DTypeError(`${name} takes its options in an object, as {${example}}; not ${describe(options)}`)
  }
  for (const given in options) if (!Object.hasOwn(names, given)) throw unknownOption(name, given, names)
  return options
}

/** Whether it is an array of any kind: where options belong, what NumPy takes as a positional argument. */
export function isArrayLike(value: unknown): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof NDArray
}

function unknownOption(name: string, given: string, names: object): DTypeError {
  const known = Object.keys(names)
  const distances = known.map(option => editDistance(given.toLowerCase(), option.toLowerCase()))
  const least = Math.min(...distances)
  const hint =
    least <= 2 ? `did you mean ${known[distances.indexOf(least)]}?` : `there are ${known.join(', ')}`
  return new DTypeError(`${name} has no option ${describe(given)}; ${hint}`)
}

/** How many letters must be put in, left out or replaced to make one word of another. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
