/** Numbers in half precision (IEEE 754 binary16), given as bits, as F32, exactly. Float16Array is not in every browser yet. */
export function halvesToFloat32(halves: Uint16Array): Float32Array<ArrayBuffer> {
  // Written as bits, not as numbers: a NaN keeps its payload.
  const bits = new Uint32Array(halves.length);
  // A matrix pays for a table of all halves: a look-up is faster than arithmetic. A bias does not.
  if (halves.length < HALVES) for (let i = 0; i < halves.length; i++) bits[i] = floatBits(halves[i]!);
  else {
    table ??= makeTable();
    for (let i = 0; i < halves.length; i++) bits[i] = table[halves[i]!]!;
  }
  return new Float32Array(bits.buffer);
}

/** How many numbers of 16 bits there are. */
const HALVES = 0x1_0000;

/** 256 KiB, made on first use. */
let table: Uint32Array | undefined;

function makeTable(): Uint32Array {
  const all = new Uint32Array(HALVES);
  for (let half = 0; half < HALVES; half++) all[half] = floatBits(half);
  return all;
}

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
