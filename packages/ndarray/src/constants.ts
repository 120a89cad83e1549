/** Euler's number. */
export const e = Math.E
/** Positive infinity. */
export const inf = Infinity
/** Not a number: unequal to everything, itself included. */
export const nan = NaN
/** The ratio of a circle's circumference to its diameter. */
export const pi = Math.PI
