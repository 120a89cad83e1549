/** Random elements from 0 below 1, as NumPy's Generator draws them, made in passes over the stream. */
import { DType } from './dtype'
import { Pass } from './random-bounded'
import { toDouble, toFloat } from './random-draw'
import { closeStream, openStream, ready, take } from './random-stream'

/** Writes `count` elements from 0 below 1, float32 or float64, to `out`. */
export function randomUniform(bitGenerator: u32, dtype: u32, out: usize, count: u32): void {
  const bits: u32 = dtype === DType.FLOAT32 ? 32 : 64
  const pass: Pass = dtype === DType.FLOAT32 ? (o, f, n) => floats(o, f, n) : (o, f, n) => doubles(o, f, n)
  const end = out + <usize>count * (bits >> 3)
  openStream(bitGenerator, bits)
  while (out < end) {
    const words = ready(<u32>((end - out) / (bits >> 3)))
    out = pass(out, take(words), words)
  }
  closeStream()
}

function doubles(out: usize, from: usize, count: u32): usize {
  const end = out + ((<usize>count) << 3)
  for (; out < end; out += 8, from += 8) store<f64>(out, toDouble(load<u64>(from)))
  return out
}

function floats(out: usize, from: usize, count: u32): usize {
  const end = out + ((<usize>count) << 2)
  for (; out < end; out += 4, from += 4) store<f32>(out, toFloat(load<u32>(from)))
  return out
}
