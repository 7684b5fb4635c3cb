import { addWithin, sigmoid4, storeWithin, tanh4 } from "./simd";

/** cell = σ(forget) · previous + σ(input) · tanh(candidate), hidden = σ(output) · tanh(cell); gates [rows × 4·width] in PyTorch's order. */
export function lstmCell(hidden: usize, cell: usize, gates: usize, previousCell: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const row = <usize>r * bytes;
    const gate = gates + 4 * row;
    for (let i: usize = 0; i < bytes; i += 16) {
      const input = sigmoid4(v128.load(gate + i));
      const forget = sigmoid4(v128.load(gate + bytes + i));
      const candidate = tanh4(v128.load(gate + 2 * bytes + i));
      const output = sigmoid4(v128.load(gate + 3 * bytes + i));
      const state = f32x4.add(f32x4.mul(forget, v128.load(previousCell + row + i)), f32x4.mul(input, candidate));
      storeWithin(cell + row + i, state, bytes - i);
      storeWithin(hidden + row + i, f32x4.mul(output, tanh4(state)), bytes - i);
    }
  }
}

/** The gradients, by the chain rule through what `lstmCell` computes, which is computed again. */
export function lstmCellGradient(
  dgates: usize, dpreviousCell: usize, gates: usize, previousCell: usize, dhidden: usize, dcell: usize, rows: i32, width: i32,
): void {
  const bytes = (<usize>width) << 2;
  const one = f32x4.splat(1);
  for (let r = 0; r < rows; r++) {
    const row = <usize>r * bytes;
    const gate = gates + 4 * row;
    const to = dgates + 4 * row;
    for (let i: usize = 0; i < bytes; i += 16) {
      const left = bytes - i;
      const input = sigmoid4(v128.load(gate + i));
      const forget = sigmoid4(v128.load(gate + bytes + i));
      const candidate = tanh4(v128.load(gate + 2 * bytes + i));
      const output = sigmoid4(v128.load(gate + 3 * bytes + i));
      const previous = v128.load(previousCell + row + i);
      const shown = tanh4(f32x4.add(f32x4.mul(forget, previous), f32x4.mul(input, candidate)));

      const dh = v128.load(dhidden + row + i);
      const tanhSlope = f32x4.sub(one, f32x4.mul(shown, shown));
      const dc = f32x4.add(v128.load(dcell + row + i), f32x4.mul(f32x4.mul(dh, output), tanhSlope));
      addWithin(to + i, f32x4.mul(f32x4.mul(dc, candidate), sigmoidSlope(input)), left);
      addWithin(to + bytes + i, f32x4.mul(f32x4.mul(dc, previous), sigmoidSlope(forget)), left);
      addWithin(to + 2 * bytes + i, f32x4.mul(f32x4.mul(dc, input), f32x4.sub(one, f32x4.mul(candidate, candidate))), left);
      addWithin(to + 3 * bytes + i, f32x4.mul(f32x4.mul(dh, shown), sigmoidSlope(output)), left);
      addWithin(dpreviousCell + row + i, f32x4.mul(dc, forget), left);
    }
  }
}

/** The slope of the sigmoid where its value is s. */
@inline
function sigmoidSlope(s: v128): v128 {
  return f32x4.mul(s, f32x4.sub(f32x4.splat(1), s));
}
