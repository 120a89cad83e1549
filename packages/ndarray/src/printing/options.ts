import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { optionsOf } from '../functions/options.ts'

/** How arrays become text; the names and defaults are NumPy's. */
export interface PrintOptions {
  /** Most digits behind the point of a float. Default 8. */
  precision: number
  /** Elements above which an array is summarised; Infinity for never. Default 1000. */
  threshold: number
  /** Elements at each end of an axis that a summary shows. Default 3. */
  edgeitems: number
  /** Characters of a line. Default 75. */
  linewidth: number
  /** Whether floats are never written with an exponent because some are small. Default false. */
  suppress: boolean
}

const DEFAULTS: PrintOptions = { precision: 8, threshold: 1000, edgeitems: 3, linewidth: 75, suppress: false }

let current: Readonly<PrintOptions> = DEFAULTS

/** The options in use: those given, the rest as set. @throws DTypeError for an impossible one. */
export function printOptions(given?: Partial<PrintOptions>): PrintOptions {
  const options = { ...current }
  for (const [name, value] of Object.entries(optionsOf('printing', given, DEFAULTS))) {
    if (value === undefined) continue
    assertOption(name as keyof PrintOptions, value)
    Object.assign(options, { [name]: value })
  }
  return options
}

function assertOption(name: keyof PrintOptions, value: unknown): void {
  const fits =
    name === 'suppress'
      ? typeof value === 'boolean'
      : (Number.isSafeInteger(value) && (value as number) >= 0) ||
        (value === Infinity && name !== 'edgeitems' && name !== 'precision')
  if (fits) return
  const kind = name === 'suppress' ? 'true or false' : 'an integer from 0'
  throw new DTypeError(`${name} is ${kind}, not ${describe(value)}`)
}

/**
 * Changes how arrays are printed from now on; what is not given stays.
 * @returns The options as they were.
 * @throws DTypeError for an impossible one; nothing is changed then.
 */
export function setPrintOptions(options: Partial<PrintOptions>): PrintOptions {
  const before = printOptions()
  current = printOptions(options)
  return before
}
