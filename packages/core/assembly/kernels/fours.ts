/** Conversions of four elements at a time that lie one behind the other. */

/** Whether vectors of S can be converted to D: not between floats and 64-bit integers. */
export function hasLanes<S, D>(): bool {
  if (isFloat<S>()) return isFloat<D>() || sizeof<D>() < 8
  else return sizeof<S>() < 8 || (isInteger<D>() && sizeof<D>() < 8)
}

/** out: D = in: S, as C converts; not between dtypes of the same bits. */
export function convertFour<S, D>(out: usize, from: usize): void {
  if (isInteger<D>()) {
    if (isFloat<S>()) narrowFour<D>(out, truncateFour<S, D>(from))
    else if (sizeof<D>() === 8) changetype<Widen>(0).four<S>(out, fourIntegers<S>(from))
    else narrowFour<D>(out, fourIntegers<S>(from))
  } else if (isFloat<S>()) {
    if (sizeof<D>() === 8) promoteFour(out, from)
    else v128.store(out, demoteFour(from))
  } else {
    floatFour<S, D>(out, fourIntegers<S>(from))
  }
}

/** Four integers in lanes of 32 bits: of longer ones the lower half. */
function fourIntegers<T>(at: usize): v128 {
  if (sizeof<T>() === 8) return v128.shuffle<i32>(v128.load(at), v128.load(at, 16), 0, 2, 4, 6)
  if (sizeof<T>() === 4) return v128.load(at)
  if (sizeof<T>() === 2) return v128.load_ext<T>(at)
  const bytes = v128.load32_zero(at)
  if (isSigned<T>()) return v128.extend_low<i16>(v128.extend_low<i8>(bytes))
  else return v128.extend_low<u16>(v128.extend_low<u8>(bytes))
}

/** Lanes of 32 bits as integers of 64. */
@unmanaged
export class Widen {
  /** T tells their sign. */
  four<T>(out: usize, lanes: v128): void {
    if (isSigned<T>()) {
      v128.store(out, v128.extend_low<i32>(lanes))
      v128.store(out, v128.extend_high<i32>(lanes), 16)
    } else {
      v128.store(out, v128.extend_low<u32>(lanes))
      v128.store(out, v128.extend_high<u32>(lanes), 16)
    }
  }
}

/** The low bits of lanes of 32 bits, as integers of up to 32. */
function narrowFour<D>(out: usize, lanes: v128): void {
  if (sizeof<D>() === 4) {
    v128.store(out, lanes)
  } else if (sizeof<D>() === 2) {
    v128.store64_lane(out, v128.shuffle<i16>(lanes, lanes, 0, 2, 4, 6, 0, 2, 4, 6), 0)
  } else {
    v128.store32_lane(out, v128.swizzle(lanes, i8x16(0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), 0)
  }
}

/** Lanes of 32 bits as floats; S tells their sign. */
function floatFour<S, D>(out: usize, lanes: v128): void {
  if (sizeof<D>() === 4) {
    v128.store(out, isSigned<S>() ? f32x4.convert_i32x4_s(lanes) : f32x4.convert_i32x4_u(lanes))
    return
  }
  const high = v128.shuffle<i32>(lanes, lanes, 2, 3, 2, 3)
  if (isSigned<S>()) {
    v128.store(out, f64x2.convert_low_i32x4_s(lanes))
    v128.store(out, f64x2.convert_low_i32x4_s(high), 16)
  } else {
    v128.store(out, f64x2.convert_low_i32x4_u(lanes))
    v128.store(out, f64x2.convert_low_i32x4_u(high), 16)
  }
}

/** Floats as integers of 32 bits, of D's sign. */
function truncateFour<S, D>(at: usize): v128 {
  const low = v128.load(at)
  if (sizeof<S>() === 4) {
    if (isSigned<D>()) return i32x4.trunc_sat_f32x4_s(low)
    else return i32x4.trunc_sat_f32x4_u(low)
  }
  const high = v128.load(at, 16)
  if (isSigned<D>()) return join(i32x4.trunc_sat_f64x2_s_zero(low), i32x4.trunc_sat_f64x2_s_zero(high))
  else return join(i32x4.trunc_sat_f64x2_u_zero(low), i32x4.trunc_sat_f64x2_u_zero(high))
}

function promoteFour(out: usize, from: usize): void {
  v128.store(out, f64x2.promote_low_f32x4(v128.load64_zero(from)))
  v128.store(out, f64x2.promote_low_f32x4(v128.load64_zero(from, 8)), 16)
}

function demoteFour(from: usize): v128 {
  return join(f32x4.demote_f64x2_zero(v128.load(from)), f32x4.demote_f64x2_zero(v128.load(from, 16)))
}

/** The lower halves of two vectors. */
function join(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(low, high, 0, 2)
}
