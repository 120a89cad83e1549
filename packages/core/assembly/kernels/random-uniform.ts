/** Random elements from 0 below 1, as NumPy's Generator draws them, made in passes over the stream. */
import { DType } from './dtype'
import { drawAll } from './random'
import { Pass } from './random-bounded'
import { pairToDouble } from './random-mt19937'
import { BitGenerator } from './random-source'
import { closeStream, openStream } from './random-stream'
import { toDouble, toFloat } from './random-words'

/** Writes `count` elements from 0 below 1, float32 or float64, to `out`. */
export function randomUniform(bitGenerator: u32, dtype: u32, out: usize, count: u32): void {
  const bytes: u32 = dtype === DType.FLOAT32 ? 4 : 8
  openStream(bitGenerator, bytes << 3)
  drawAll(unitPass(bitGenerator, dtype), out, count, bytes)
  closeStream()
}

/** The pass that writes elements from 0 below 1. */
export function unitPass(bitGenerator: u32, dtype: u32): Pass {
  if (dtype === DType.FLOAT32) return floats
  return bitGenerator === BitGenerator.MT19937 ? pairs : doubles
}

function pairs(out: usize, from: usize, count: u32): usize {
  const end = out + ((<usize>count) << 3)
  for (; out < end; out += 8, from += 8) store<f64>(out, pairToDouble(load<u64>(from)))
  return out
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
