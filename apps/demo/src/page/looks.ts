import type { Way, WayName } from '../result.ts'

/** The ways in the order of the page, each with its colour, which is a variable of the style. */
export const COLOURS: Readonly<Record<WayName, string>> = {
  numpy: 'var(--numpy)',
  mask: 'var(--mask)',
  'in-place': 'var(--in-place)',
  'numpy-ts': 'var(--peer)',
}

export function inOrder(ways: readonly Way[]): Way[] {
  const names = Object.keys(COLOURS)
  return ways.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
}

/** What a way is called, such as "NumPy 2.4.6". */
export function nameOf({ name, version }: Way): string {
  if (name === 'mask') return 'Ebb, by a mask'
  if (name === 'in-place') return 'Ebb, in place'
  return version?.split(',')[0] ?? name
}

/** How it filters, in its own language. */
export function codeOf({ name }: Way, threshold: number): string {
  switch (name) {
    case 'numpy':
      return `array[array <= ${threshold}] = 0`
    case 'mask':
      return `array.assign(0, { where: nd.lessEqual(array, ${threshold}) })`
    case 'in-place':
      return `array.assignWhere('<=', ${threshold}, 0)`
    case 'numpy-ts':
      return `np.putmask(array, array.less_equal(${threshold}), np.array(0))`
  }
}
