/**
 * Numbers in half precision (IEEE 754 binary16), given as bits, as F32, exactly.
 *
 * A look-up is faster than arithmetic per number, and Float16Array is not in every browser yet.
 */
export function halvesToFloat32(halves: Uint16Array): Float32Array<ArrayBuffer> {
  table ??= Uint32Array.from({ length: 0x1_0000 }, (_, half) => floatBits(half));
  // Written as bits, not as numbers: a NaN keeps its payload.
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = table[halves[i]!]!;
  return new Float32Array(bits.buffer);
}

/** 256 KiB, made on first use. */
let table: Uint32Array | undefined;

/** IEEE 754 binary16 → binary32: sign 1, exponent 5 → 8 (bias 15 → 127), mantissa 10 → 23 bits. */
function floatBits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f80_0000 | (mantissa << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (mantissa << 13);
  if (mantissa === 0) return sign;
  // Subnormal, mantissa · 2⁻²⁴: its leading one becomes the implicit one of a normal float.
  const leading = 31 - Math.clz32(mantissa);
  return sign | ((leading + 103) << 23) | ((mantissa << (23 - leading)) & 0x7f_ffff);
}
