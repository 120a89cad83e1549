import { dtypes } from '../dtype.ts'
import type { NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { elementFormat, type Format, scalarText } from './elements.ts'
import { type PrintOptions, printOptions } from './options.ts'

/** In a summary: what is left out between the first and the last. */
const GAP = -1

/**
 * An array as text, as NumPy's `str` has it: a lone value as itself, else rows in brackets, all elements
 * equally wide; above `threshold` elements only the ends of each axis, and only those are read.
 * @param options Default: those of `setPrintOptions`.
 * @throws ReleasedError; DTypeError for an impossible option
 */
export function arrayToString(a: NDArray, options?: Partial<PrintOptions>): string {
  const all = printOptions(options)
  a.assertAlive()
  if (a.ndim === 0) return scalarText(a.data[a.offset] as number | bigint, a.info)
  return rows(a, all, ' ', '', '')
}

/** The dtypes that text in brackets means by itself. */
const IMPLIED: readonly unknown[] = [dtypes.bool, dtypes.int64, dtypes.float64]

/** An array as NumPy's `repr` has it: `array([1, 2], dtype=int32)`. @throws ReleasedError */
export function arrayRepr(a: NDArray): string {
  a.assertAlive()
  const options = printOptions()
  const prefix = 'array('
  const implied = IMPLIED.includes(a.info) && a.size > 0
  const suffix = implied ? ')' : ','
  const body =
    a.size > 0 || (a.ndim === 1 && a.shape[0] === 0)
      ? rows(a, options, ', ', prefix, suffix)
      : `[], shape=${formatShape(a.shape)}`
  const text = prefix + body + suffix
  if (implied) return text
  const dtype = `dtype=${a.dtype})`
  const lastLine = text.length - (text.lastIndexOf('\n') + 1)
  const spacer = lastLine + dtype.length + 1 > options.linewidth ? `\n${' '.repeat(prefix.length)}` : ' '
  return text + spacer + dtype
}

function rows(a: NDArray, options: PrintOptions, separator: string, prefix: string, suffix: string): string {
  if (a.size === 0) return '[]'
  const { edgeitems } = options
  const summarised = a.size > options.threshold
  const indices = a.shape.map(length =>
    summarised && length > 2 * edgeitems ? ends(length, edgeitems) : [...Array(length).keys()],
  )
  const page: Page = {
    a,
    data: a.data as ArrayLike<number | bigint>,
    indices,
    separator,
    format: elementFormat(elementsAt(a, indices), a.info, options, a.ndim),
  }
  if (a.ndim === 0) return page.format(page.data[a.offset] as number | bigint)
  return bracket(page, 0, a.offset, ' '.repeat(1 + prefix.length), options.linewidth - suffix.length)
}

/** What all brackets of one text have in common. */
interface Page {
  readonly a: NDArray
  readonly data: ArrayLike<number | bigint>
  /** For each axis the indices that are shown. */
  readonly indices: readonly (readonly number[])[]
  readonly separator: string
  readonly format: Format
}

function ends(length: number, edgeitems: number): number[] {
  const first = Array.from({ length: edgeitems }, (_, i) => i)
  return [...first, GAP, ...first.map(i => length - edgeitems + i)]
}

/** The elements at the indices shown. */
function elementsAt(a: NDArray, indices: readonly (readonly number[])[]): (number | bigint)[] {
  const data = a.data as ArrayLike<number | bigint>
  let places = [a.offset]
  indices.forEach((shown, axis) => {
    const step = a.strides[axis] as number
    places = places.flatMap(place => shown.filter(i => i !== GAP).map(i => place + i * step))
  })
  return places.map(place => data[place] as number | bigint)
}

/** The part of the array from an axis on, in brackets; lines after the first begin with `indent`. */
function bracket(page: Page, axis: number, place: number, indent: string, width: number): string {
  const step = page.a.strides[axis] as number
  const shown = page.indices[axis] as readonly number[]
  if (axis === page.a.ndim - 1) {
    const words = shown.map(i =>
      i === GAP ? '...' : page.format(page.data[place + i * step] as number | bigint),
    )
    return `[${wrap(words, page.separator, indent, width)}]`
  }
  const gap = `${page.separator.trimEnd()}${'\n'.repeat(page.a.ndim - 1 - axis)}${indent}`
  const parts = shown.map(i =>
    i === GAP ? '...' : bracket(page, axis + 1, place + i * step, `${indent} `, width - 1),
  )
  return `[${parts.join(gap)}]`
}

/** Words with separators, in lines that leave room for what follows a word. */
function wrap(words: readonly string[], separator: string, indent: string, width: number): string {
  const room = width - Math.max(separator.trimEnd().length, 1)
  const lines: string[] = []
  let line = indent
  words.forEach((word, i) => {
    if (line.length + word.length > room && line.length > indent.length) {
      lines.push(line.trimEnd())
      line = indent
    }
    line += i < words.length - 1 ? word + separator : word
  })
  lines.push(line)
  return lines.join('\n').slice(indent.length)
}
