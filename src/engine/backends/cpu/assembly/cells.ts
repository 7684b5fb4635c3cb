// Numbers of a matrix that is stored as T: f32, or u16 for IEEE 754 half precision, for which AssemblyScript has no type. What reads weights
// is written once for both. Places in a row are counted in the bytes that they would be at in f32, as those of what is multiplied are.

/** The bits that count in a widened half, and the bits of 2¹¹². */
const HALVES = memory.data<i32>([<i32>0x8fffffff, 0x77800000]);

/** Bytes as T of what is so many bytes as f32. */
@inline
export function stored<T>(bytes: usize): usize {
  return isFloat<T>() ? bytes : bytes >> 1;
}

/** Four neighbouring numbers, some of which may lie behind a row. */
@inline
export function cell<T>(row: usize, at: usize): v128 {
  return isFloat<T>() ? v128.load(row + at) : widen(v128.load16x4_s(row + stored<T>(at)));
}

/** One number in the first lane, and zeros. */
@inline
export function number<T>(row: usize, at: usize): v128 {
  if (isFloat<T>()) return v128.load32_zero(row + at);
  return widen(i32x4.replace_lane(i32x4.splat(0), 0, load<i16>(row + stored<T>(at))));
}

/**
 * Four halves, sign-extended, as floats, exactly. With exponent and mantissa moved to where f32 has them they are 2⁻¹¹² of what they stand for,
 * subnormal ones, too, as the exponent has another bias. Infinities and NaN come out wrong: no weight is one.
 */
@inline
function widen(halves: v128): v128 {
  const bits = v128.and(i32x4.shl(halves, 13), v128.load32_splat(HALVES));
  return f32x4.mul(bits, v128.load32_splat(HALVES, 4));
}
