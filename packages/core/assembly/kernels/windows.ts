/**
 * Local means: sums and weighted sums over a window around every element, in any number of dimensions.
 *
 * The array is gone through slab by slab along its first axis; a slab is all that has one index there, in f64
 * and C order. Along the first axis the window runs over slabs of the input; what comes out is filtered along
 * the other axes within the slab (windows-line.ts), and written. So temporaries are a few slabs, the input
 * stays as it is, and the cost of a sum does not depend on the window.
 *
 *     input ──▶ the window's sum of slabs ──▶ along axis 1 ──▶ … ──▶ finish ──▶ output
 *
 * A slab may hold two fields, side by side for every element: its value and its square.
 */
import { selectFloat } from './dispatch'
import { DType } from './dtype'
import { TILE } from './fold'
import { descriptor, iterate, Loop, pointer, pointerAt, stride } from './iterate'
import { Source, setSource, strip, stripLength } from './strip'
import { filterBlock, setLines, settle, sourceOf } from './windows-line'

/** What becomes of an element's local figures. */
export namespace Finish {
  /** mean − p */
  export const MEAN: u32 = 0
  /** mean − p × deviation */
  export const NIBLACK: u32 = 1
  /** mean × (1 + p × (deviation / q − 1)) */
  export const SAUVOLA: u32 = 2
}

/** The descriptor as the host left it: `iterate` simplifies its own. Three operands and the output. */
const SAVED: u32 = 4 + 64 * 4 + 4 * (4 + 64 * 4)
const saved: usize = memory.data(SAVED, 8)
/** Elements of a strip of the slab that enters the window, while the one that leaves it is read. */
const entered: usize = memory.data(TILE * 8, 16)

/** The input: first element, bytes from slab to slab, slabs; and what lies behind its ends. */
let input: usize = 0
let slabStep: i32 = 0
let slabs: i32 = 0
let border: u32 = 0
let outside: f64 = 0
/** Fields of an element, and f64s of a slab. */
let fields: u32 = 1
let slabLength: u32 = 0
/** Whether squares are rounded to float32, as all else that is stored. */
let narrow: bool = false

/** The slab being added to, whether the two sources are constants, and whether their sum counts, by a weight, or their difference. */
let target: usize = 0
let constantA: bool = false
let constantB: bool = false
let valueA: f64 = 0
let valueB: f64 = 0
let weight: f64 = 0
let weighs: bool = false

/** `count` elements of operand 1 or 2 from `done` on as f64, or a constant as many times. */
function read(operand: u32, done: u32, count: u32, constant: bool, value: f64): usize {
  const at = strip(pointer(operand) + done * stride(operand), stride(operand), count)
  if (!constant) return at
  for (let i: u32 = 0; i < count; i++) store<f64>(constants + (i << 3), value)
  return constants
}

/** A strip of constants. */
const constants: usize = memory.data(TILE * 8, 16)

/** Adds to operand 0, the target slab, what operands 1 and 2 contribute. */
function contribute(count: u32): void {
  let done: u32 = 0
  while (done < count) {
    const length = min(TILE, min(stripLength(stride(1), count - done), stripLength(stride(2), count - done)))
    memory.copy(entered, read(1, done, length, constantA, valueA), length << 3)
    const left = read(2, done, length, constantB, valueB)
    const to = pointer(0) + done * stride(0)
    if (fields === 2) addBoth(to, left, length)
    else if (weighs) addPair(to, left, length)
    else addDifference(to, left, length)
    done += length
  }
}

/** The value and the square of what entered, less those of what left. */
function addBoth(to: usize, left: usize, count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const value = load<f64>(entered + (i << 3))
    const old = load<f64>(left + (i << 3))
    const at = to + i * stride(0)
    store<f64>(at, load<f64>(at) + (value - old))
    store<f64>(at, load<f64>(at, 8) + (square(value) - square(old)), 8)
  }
}

function square(value: f64): f64 {
  return narrow ? <f64>(<f32>value * <f32>value) : value * value
}

function addPair(to: usize, left: usize, count: u32): void {
  const factor = f64x2.splat(weight)
  let i: u32 = 0
  if (stride(0) === 8) {
    for (; i + 2 <= count; i += 2) {
      const at = (<usize>i) << 3
      const pair = f64x2.add(v128.load(left + at), v128.load(entered + at))
      v128.store(to + at, f64x2.add(v128.load(to + at), f64x2.mul(pair, factor)))
    }
  }
  for (; i < count; i++) {
    const at = to + i * stride(0)
    const pair = load<f64>(left + (i << 3)) + load<f64>(entered + (i << 3))
    store<f64>(at, load<f64>(at) + pair * weight)
  }
}

function addDifference(to: usize, left: usize, count: u32): void {
  let i: u32 = 0
  if (stride(0) === 8) {
    for (; i + 2 <= count; i += 2) {
      const at = (<usize>i) << 3
      const difference = f64x2.sub(v128.load(entered + at), v128.load(left + at))
      v128.store(to + at, f64x2.add(v128.load(to + at), difference))
    }
  }
  for (; i < count; i++) {
    const at = to + i * stride(0)
    store<f64>(at, load<f64>(at) + (load<f64>(entered + (i << 3)) - load<f64>(left + (i << 3))))
  }
}

/** The index of a slab of zeros. */
const NONE: i32 = i32.MIN_VALUE

/** Adds what slabs `a` and `b` of the input contribute. */
function addSlabs(a: i32, b: i32): void {
  memory.copy(descriptor, saved, SAVED)
  store<u32>(pointerAt(0), <u32>target)
  const sourceA = sourceOf(a, slabs, border)
  constantA = sourceA < 0
  valueA = outside
  constantB = b === NONE
  valueB = 0
  let sourceB: i32 = 0
  if (!constantB) {
    sourceB = sourceOf(b, slabs, border)
    constantB = sourceB < 0
    valueB = outside
  }
  store<u32>(pointerAt(1), <u32>(input + max(sourceA, 0) * slabStep))
  store<u32>(pointerAt(2), <u32>(input + max(sourceB, 0) * slabStep))
  iterate(contribute, 3)
}

/** Brings the running sum of `taps` slabs to index i; a leading one enters and leaves before the first. */
function runTo(i: i32, taps: i32, leads: bool): void {
  const radius = taps >> 1
  weighs = false
  if (i > 0) {
    addSlabs(i + radius, i - radius - 1)
    return
  }
  memory.fill(target, 0, slabLength << 3)
  const first = -radius - i32(leads)
  for (let k = 0; k < taps; k++) addSlabs(first + k, NONE)
  if (leads) addSlabs(radius, first)
}

/** The weight of a window of one. */
const one: usize = memory.data<f64>([1])

/** The weighted sum of slabs around index i: the centre, then pairs from the outermost. */
function weigh(i: i32, taps: i32, weights: usize): void {
  const radius = taps >> 1
  memory.fill(target, 0, slabLength << 3)
  weighs = true
  weight = load<f64>(weights)
  addSlabs(i, NONE)
  for (let k = radius; k > 0; k--) {
    weight = load<f64>(weights + ((<usize>k) << 3))
    addSlabs(i + k, i - k)
  }
}

/** Filters a slab along the axes behind the first. */
function filterSlab(slab: usize, table: usize, ndim: u32): void {
  let inner = slabLength
  for (let axis: u32 = 1; axis < ndim; axis++) {
    const entry = table + axis * 12
    const length = load<u32>(entry)
    const taps = load<u32>(entry, 4)
    const block = inner
    inner /= length
    if (!taps) continue
    for (let at: u32 = 0; at < slabLength; at += block) {
      filterBlock(slab + ((<usize>at) << 3), length, inner, taps, load<u32>(entry, 8))
    }
  }
}

let finish: u32 = 0
let elements: f64 = 0
let parameterP: f64 = 0
let parameterQ: f64 = 0
/**
 * Up to this share of the mean square, a variance is what rounding has left of 0: 2⁻⁴⁴ where sums run in the
 * elements' own float64, 2⁻²² where the mean is float32. Of integers, sums are exact, or all but.
 */
let noise: f64 = 0

/** Operand 0: the slab; 3: the output. */
@unmanaged
class Write {
  run<T>(count: u32): void {
    let from = pointer(0)
    let to = pointer(3)
    const p = <T>parameterP
    const q = <T>parameterQ
    const n = <T>elements
    for (let i: u32 = 0; i < count; i++) {
      let result: T
      if (finish === Finish.MEAN) {
        result = <T>load<f64>(from) - p
      } else {
        const mean = <T>load<f64>(from) / n
        const square = <T>load<f64>(from, 8) / n
        const difference = square - mean * mean
        // NaN stays.
        const deviation = sqrt<T>(difference <= <T>noise * square ? <T>0 : difference)
        if (finish === Finish.NIBLACK) result = mean - p * deviation
        else result = mean * (<T>1 + p * (deviation / q - <T>1))
      }
      store<T>(to, result)
      from += stride(0)
      to += stride(3)
    }
  }
}

/**
 * Filters an array. The operands are a slab, the input twice, and the output (float32 or float64), all
 * without the first axis: `ndim` axes in all, for each of which `table` has three words: its length, the taps
 * of the window (odd; 0 for none) and the address of its weights, from the centre outward (0 for a sum).
 * `room` is two slabs, and behind them room for the largest block of windows-line.ts with its margins. For
 * MEAN, a sum is divided by its taps after each axis.
 */
export function windows(
  dtype: u32,
  outDType: u32,
  table: usize,
  ndim: u32,
  inputAt: usize,
  inputStep: i32,
  outAt: usize,
  outStep: i32,
  room: usize,
  length: u32,
  borderMode: u32,
  constant: f64,
  finishing: u32,
  p: f64,
  q: f64,
): void {
  input = inputAt
  slabStep = inputStep
  slabs = load<i32>(table)
  border = borderMode
  outside = constant
  const moments = finishing !== Finish.MEAN
  fields = moments ? 2 : 1
  slabLength = length * fields
  narrow = outDType === DType.FLOAT32
  finish = finishing
  parameterP = p
  parameterQ = q
  elements = 1
  noise = narrow ? 2.384185791015625e-7 : dtype === DType.FLOAT64 ? 5.684341886080801e-14 : 0
  for (let axis: u32 = 0; axis < ndim; axis++) elements *= <f64>max(load<u32>(table + axis * 12, 4), 1)
  memory.copy(saved, descriptor, SAVED)
  setSource(Source.FLOAT, dtype, false, 0)
  const sum = room
  const slab = room + ((<usize>slabLength) << 3)
  setLines(slab + ((<usize>slabLength) << 3), border, outside, moments, narrow)
  const writing: Loop = selectFloat<Write>(outDType)
  const taps = load<i32>(table, 4)
  const weights = <usize>load<u32>(table, 8)
  for (let i = 0; i < slabs; i++) {
    target = sum
    if (weights || !taps) weigh(i, max(taps, 1), weights ? weights : one)
    else runTo(i, taps, moments)
    memory.copy(slab, sum, slabLength << 3)
    settle(slab, slabLength, weights ? 0 : taps)
    filterSlab(slab, table, ndim)
    memory.copy(descriptor, saved, SAVED)
    store<u32>(pointerAt(0), <u32>slab)
    store<u32>(pointerAt(3), <u32>(outAt + i * outStep))
    iterate(writing, 4)
  }
}
