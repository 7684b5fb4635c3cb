/**
 * One tile [4 × 8] of out += a panel of a [depth × 4] · a panel of b [depth × 8]. `row`: bytes from one row of the tile to the next. Eight sums
 * in registers hide the latency of an addition; more of them would not fit into the sixteen registers of x64.
 */
export function addTile(to: usize, row: usize, a: usize, b: usize, depth: i32): void {
  const t1 = to + row, t2 = t1 + row, t3 = t2 + row;
  let a0 = v128.load(to), b0 = v128.load(to, 16), a1 = v128.load(t1), b1 = v128.load(t1, 16);
  let a2 = v128.load(t2), b2 = v128.load(t2, 16), a3 = v128.load(t3), b3 = v128.load(t3, 16);
  for (const end = b + ((<usize>depth) << 5); b < end; b += 32) {
    const wa = v128.load(b), wb = v128.load(b, 16);
    let s = v128.load32_splat(a);
    a0 = multiplyAdd(s, wa, a0), b0 = multiplyAdd(s, wb, b0);
    s = v128.load32_splat(a, 4);
    a1 = multiplyAdd(s, wa, a1), b1 = multiplyAdd(s, wb, b1);
    s = v128.load32_splat(a, 8);
    a2 = multiplyAdd(s, wa, a2), b2 = multiplyAdd(s, wb, b2);
    s = v128.load32_splat(a, 12);
    a3 = multiplyAdd(s, wa, a3), b3 = multiplyAdd(s, wb, b3);
    a += 16;
  }
  v128.store(to, a0), v128.store(to, b0, 16), v128.store(t1, a1), v128.store(t1, b1, 16);
  v128.store(t2, a2), v128.store(t2, b2, 16), v128.store(t3, a3), v128.store(t3, b3, 16);
}

/** a · b + sum, fused where the module is compiled for it. */
@inline
export function multiplyAdd(a: v128, b: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, b));
}
