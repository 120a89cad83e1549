/** Figures as the page writes them. */
import { memory } from '@ebb/ndarray'

export const bytes = (amount: number): string => memory.format(amount)

export const count = (amount: number): string => amount.toLocaleString('en')

/** `1 array`, `2 arrays`. */
export const several = (amount: number, noun: string): string =>
  `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`

/** Browsers round their clocks to tenths. */
export const milliseconds = (time: number): string => (time < 0.1 ? '< 0.1 ms' : `${time.toFixed(1)} ms`)

/** A value of an image, as short as it can be told apart. */
export const level = (value: number): string => String(Number(value.toPrecision(5)))

export const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
