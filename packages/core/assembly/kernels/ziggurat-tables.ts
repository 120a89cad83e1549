/**
 * NumPy's tables for Marsaglia and Tsang's ziggurat (2000): 256 layers of one area under a density f, layer i
 * as wide as x(i), which fall from x(255), where the tail begins, to x(0) = area / f(x(255)) of the lowest one
 * with the tail. From the top of a layer to the next,
 *
 *     f(x(i)) = f(x(i + 1)) + area / x(i + 1)
 *
 * NumPy has the tables as constants; here they follow from that recurrence, to the last bit, when a draw needs
 * them first: they would be a fifteenth of the module. NumPy's of the normal distribution were computed in
 * float64, those of the exponential one with more digits; five constants there are one unit off.
 *
 * A layer is a row of two, for integers of `bits` bits:
 * - widest = 2^bits · x(i − 1) / x(i): an integer below it lies in the part that is below the density;
 * - width = x(i) / 2^bits: what an integer is multiplied with.
 * Behind the rows are the densities f(x(i)). Float64 comes first, float32 behind it.
 */
import { add, divide, logarithm, rest, roundedExp } from './doubledouble'

/** Layers of a ziggurat. */
const LAYERS: i32 = 256

/** Bytes of the part for T, and those of its rows. */
const DOUBLE_BYTES: usize = 24 * LAYERS
const TABLE_BYTES: i32 = 36 * LAYERS

export const NORMAL: usize = memory.data(TABLE_BYTES, 16)
export const EXPONENTIAL: usize = memory.data(TABLE_BYTES, 16)

/** Bits of an integer in a layer of float64, where the sign has one of its own and where it has none; of float32. */
const NORMAL_BITS: u64 = 52
const EXPONENTIAL_BITS: u64 = 53
const SINGLE_BITS: u64 = 23

/** Where the tails begin. */
export const NORMAL_TAIL: f64 = 3.654152885361009
export const EXPONENTIAL_TAIL: f64 = 7.69711747013105
const EXPONENTIAL_TAIL_REST: f64 = -3.6248703662397484e-16

const NORMAL_AREA: f64 = 0.004928673233974652
/** (tail + 1)·e^−tail, and the density e^−tail. */
const EXPONENTIAL_AREA: f64 = 0.003949659822581557
const EXPONENTIAL_AREA_REST: f64 = 2.014715786725663e-19
const EXPONENTIAL_LEAST: f64 = 0.00045413435384149677
const EXPONENTIAL_LEAST_REST: f64 = -9.774760372415716e-21

/** The address of a layer's row. */
export function rowOf<T>(table: usize, layer: usize): usize {
  return table + (sizeof<T>() === 8 ? 0 : DOUBLE_BYTES) + layer * (2 * sizeof<T>())
}

/** Below this, an integer of a row lies below the density. */
export function widest<T>(row: usize): u64 {
  return sizeof<T>() === 8 ? load<u64>(row) : <u64>load<u32>(row)
}

export function width<T>(row: usize): T {
  return load<T>(row + sizeof<T>())
}

/** The density at the end of a layer. */
export function density<T>(table: usize, layer: usize): T {
  return load<T>(densityAt<T>(table, layer))
}

function densityAt<T>(table: usize, layer: usize): usize {
  return rowOf<T>(table, LAYERS) + layer * sizeof<T>()
}

/** Writes a layer for float64, and for float32 what rounding makes of it. */
function setLayer(table: usize, bits: u64, layer: i32, widest: u64, x: f64, density: f64): void {
  const row = rowOf<f64>(table, layer)
  const single = rowOf<f32>(table, layer)
  const fewer = bits - SINGLE_BITS
  store<u64>(row, widest)
  store<f64>(row, x / <f64>((<u64>1) << bits), 8)
  store<f64>(densityAt<f64>(table, layer), density)
  store<u32>(single, <u32>((widest + ((<u64>1) << (fewer - 1))) >> fewer))
  store<f32>(single, <f32>(x / <f64>((<u64>1) << SINGLE_BITS)), 4)
  store<f32>(densityAt<f32>(table, layer), <f32>density)
}

/** Makes the table of the normal distribution, f = e^(−x²/2), where it is not made yet. */
export function prepareNormal(): void {
  if (width<f64>(NORMAL)) return
  const scale = <f64>((<u64>1) << NORMAL_BITS)
  let x = NORMAL_TAIL
  let f = roundedExp(-0.5 * x * x)
  setLayer(
    NORMAL,
    NORMAL_BITS,
    0,
    <u64>nearest((NORMAL_TAIL / (NORMAL_AREA / f)) * scale),
    NORMAL_AREA / f,
    1,
  )
  for (let layer = LAYERS - 1; layer > 0; layer--) {
    const above = layer > 1 ? sqrt<f64>(-2 * logarithm(NORMAL_AREA / x + f, 0)) : 0
    setLayer(NORMAL, NORMAL_BITS, layer, <u64>nearest((above / x) * scale), x, f)
    x = above
    f = roundedExp(-0.5 * x * x)
    if (layer === 39) f = reinterpret<f64>(reinterpret<u64>(f) + 1)
  }
}

/** Makes the table of the exponential distribution, f = e^−x, where it is not made yet. */
export function prepareExponential(): void {
  if (width<f64>(EXPONENTIAL)) return
  let x = EXPONENTIAL_TAIL
  let xRest = EXPONENTIAL_TAIL_REST
  let f = EXPONENTIAL_LEAST
  let fRest = EXPONENTIAL_LEAST_REST
  const lowest = divide(EXPONENTIAL_AREA, EXPONENTIAL_AREA_REST, f, fRest)
  setLayer(EXPONENTIAL, EXPONENTIAL_BITS, 0, evenPart(divide(x, xRest, lowest, rest)), lowest, 1)
  for (let layer = LAYERS - 1; layer > 0; layer--) {
    const here = x
    const hereRest = xRest
    const height = f
    const growth = divide(EXPONENTIAL_AREA, EXPONENTIAL_AREA_REST, x, xRest)
    f = add(f, fRest, growth, rest)
    fRest = rest
    x = layer > 1 ? -logarithm(f, fRest) : 0
    xRest = layer > 1 ? -rest : 0
    setLayer(EXPONENTIAL, EXPONENTIAL_BITS, layer, evenPart(divide(x, xRest, here, hereRest)), here, height)
  }
  shift(rowOf<f32>(EXPONENTIAL, 226) + 4, 1)
  shift(densityAt<f32>(EXPONENTIAL, 128), -1)
  shift(densityAt<f32>(EXPONENTIAL, 154), 1)
  shift(densityAt<f32>(EXPONENTIAL, 171), -1)
}

/** 2⁵³ times a number, rounded down to an even integer; `rest` is the number's smaller part. */
function evenPart(number: f64): u64 {
  const scaled = number * 4503599627370496
  const whole = floor<f64>(scaled)
  return (<u64>(whole - f64(whole === scaled && rest < 0))) << 1
}

/** Moves a float32 by units in the last place. */
function shift(at: usize, units: i32): void {
  store<i32>(at, load<i32>(at) + units)
}
