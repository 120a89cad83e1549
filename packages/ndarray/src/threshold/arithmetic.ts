/** What the methods share: sums in the order and precision in which NumPy takes them, and where a largest is. */

/** The index of the first of the largest values; of the first NaN if there is one, as NumPy's argmax. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) return i
    if (value > (values[best] as number)) best = i
  }
  return best
}

/** In place: every value becomes the sum of those up to it, rounded to the array's precision each time. */
export function cumulate<Values extends Float64Array | Float32Array>(values: Values): Values {
  for (let i = 1; i < values.length; i++) values[i] = (values[i] as number) + (values[i - 1] as number)
  return values
}

/** In place, the same from the end: every value becomes the sum of those from it on. */
export function cumulateBack<Values extends Float64Array | Float32Array>(values: Values): Values {
  for (let i = values.length - 2; i >= 0; i--) {
    values[i] = (values[i] as number) + (values[i + 1] as number)
  }
  return values
}
