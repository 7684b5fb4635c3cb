// Numbers of a matrix that is stored as T: f32, u16 for IEEE 754 half precision, for which AssemblyScript has no type, or i8 for integers whose
// scale comes later. What reads weights is written once for all. Places in a row are counted in the bytes that they would be at in f32, as those of what is multiplied are.
//
// A half becomes a float by moving exponent and mantissa to where f32 has them. As the exponent has another bias, that is 2⁻¹¹² of the number,
// exactly, of subnormal ones, too; of infinities and NaN it is not, and no weight is one. Either it is multiplied by 2¹¹², or, in the loops
// that count, its factors are: x · 2¹¹² has to be computed less often, and the product is the same to the last bit.

/** The bits of a moved half that count, in 32 bits and in the upper 16, and the bits of 2¹¹². */
const HALVES = memory.data<i32>([<i32>0x8fffffff, <i32>0x8fff8fff, 0x77800000]);

/** From here on x · 2¹¹² is too large for f32. */
const TOO_LARGE: f32 = 65536;

/** Halves have to be moved and lifted; all else is what it is. */
@inline
function isHalf<T>(): bool {
  return sizeof<T>() == 2;
}

@inline
export function isByte<T>(): bool {
  return sizeof<T>() == 1;
}

/** Bytes as T of what is so many bytes as f32. */
@inline
export function stored<T>(bytes: usize): usize {
  return isFloat<T>() ? bytes : isHalf<T>() ? bytes >> 1 : bytes >> 2;
}

/** Four neighbouring numbers, some of which may lie behind a row. */
@inline
export function cell<T>(row: usize, at: usize): v128 {
  return lifted<T>(moved<T>(row, at, movedBits<T>()));
}

/** One number in the first lane, and zeros. */
@inline
export function number<T>(row: usize, at: usize): v128 {
  if (isFloat<T>()) return v128.load32_zero(row + at);
  if (isByte<T>()) return f32x4.convert_i32x4_s(i32x4.replace_lane(i32x4.splat(0), 0, load<i8>(row + stored<T>(at))));
  const half = i32x4.replace_lane(i32x4.splat(0), 0, load<i16>(row + stored<T>(at)));
  return lifted<T>(v128.and(i32x4.shl(half, 13), movedBits<T>()));
}

/** What four numbers are that are only moved. `bits`: `movedBits`, loaded once before a loop. */
@inline
export function moved<T>(row: usize, at: usize, bits: v128): v128 {
  if (isFloat<T>()) return v128.load(row + at);
  if (isByte<T>()) return lowBytes(i16x8.extend_low_i8x16_s(v128.load32_zero(row + stored<T>(at))));
  return v128.and(i32x4.shl(v128.load16x4_s(row + stored<T>(at)), 13), bits);
}

@inline
export function movedBits<T>(): v128 {
  return isHalf<T>() ? v128.load32_splat(HALVES) : f32x4.splat(0);
}

/** What multiplies numbers that are only moved. */
@inline
export function lifted<T>(x: v128): v128 {
  return isHalf<T>() ? f32x4.mul(x, v128.load32_splat(HALVES, 8)) : x;
}

/** Whether all numbers of x may be lifted. */
export function mayBeLifted<T>(x: usize, length: i32): bool {
  if (!isHalf<T>()) return true;
  for (const end = x + ((<usize>length) << 2); x < end; x += 4) if (!(abs(load<f32>(x)) < TOO_LARGE)) return false;
  return true;
}

/** Eight neighbouring numbers for `low` and `high`: halves, or integers of 16 bits; floats do not fit, so those are read there. */
@inline
export function eight<T>(row: usize, at: usize): v128 {
  if (isFloat<T>()) return f32x4.splat(0);
  return isByte<T>() ? v128.load8x8_s(row + stored<T>(at)) : v128.load(row + stored<T>(at));
}

/** The first four of eight numbers; halves are only moved. `bits`: `upperBits`, loaded once before a loop. */
@inline
export function low<T>(numbers: v128, row: usize, at: usize, bits: v128): v128 {
  if (isFloat<T>()) return v128.load(row + at);
  if (isByte<T>()) return lowBytes(numbers);
  return v128.shuffle<i16>(i16x8.shl(numbers, 13), v128.and(i16x8.shr_s(numbers, 3), bits), 0, 8, 1, 9, 2, 10, 3, 11);
}

/** The last four. */
@inline
export function high<T>(numbers: v128, row: usize, at: usize, bits: v128): v128 {
  if (isFloat<T>()) return v128.load(row + at, 16);
  if (isByte<T>()) return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(numbers));
  return v128.shuffle<i16>(i16x8.shl(numbers, 13), v128.and(i16x8.shr_s(numbers, 3), bits), 4, 12, 5, 13, 6, 14, 7, 15);
}

@inline
function lowBytes(numbers: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(numbers));
}

@inline
export function upperBits<T>(): v128 {
  return isHalf<T>() ? v128.load32_splat(HALVES, 4) : f32x4.splat(0);
}
