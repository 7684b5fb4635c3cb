import { cell, stored } from "./cells";
import { addWithin, storeWithin } from "./simd";

/** out[i] = source[i]. */
export function copy(out: usize, source: usize, length: i32): void {
  memory.copy(out, source, (<usize>length) << 2);
}

/** out[i] = value. */
export function fill(out: usize, value: f32, length: i32): void {
  const bytes = (<usize>length) << 2;
  for (let i: usize = 0; i < bytes; i += 16) storeWithin(out + i, f32x4.splat(value), bytes - i);
}

/** out[r, :] = (accumulate ? out[r, :] : 0) + table[indices[r], :]. The table is in half precision or f32. */
export function gather(out: usize, table: usize, indices: usize, rows: i32, width: i32, accumulate: bool, half: bool): void {
  const rowBytes = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const index = <usize>load<i32>(indices + ((<usize>r) << 2));
    const to = out + <usize>r * rowBytes;
    if (half) placeRow<u16>(to, table + index * stored<u16>(rowBytes), rowBytes, accumulate);
    else placeRow<f32>(to, table + index * rowBytes, rowBytes, accumulate);
  }
}

function placeRow<T>(to: usize, from: usize, bytes: usize, accumulate: bool): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const numbers = cell<T>(from, i);
    storeWithin(to + i, accumulate ? f32x4.add(v128.load(to + i), numbers) : numbers, bytes - i);
  }
}

/** table[targets[g], :] += Σ x[order[j], :], j from starts[g] to starts[g + 1] − 1. */
export function scatterAdd(table: usize, x: usize, order: usize, starts: usize, targets: usize, groups: i32, width: i32): void {
  const rowBytes = (<usize>width) << 2;
  for (let g = 0; g < groups; g++) {
    const at = (<usize>g) << 2;
    const to = table + <usize>load<i32>(targets + at) * rowBytes;
    const end = load<i32>(starts + at, 4);
    for (let j = load<i32>(starts + at); j < end; j++) addRow(to, x + <usize>load<i32>(order + ((<usize>j) << 2)) * rowBytes, rowBytes);
  }
}

/** table[indices[r], :] = x[r, :]. */
export function scatter(table: usize, x: usize, indices: usize, rows: i32, width: i32): void {
  const rowBytes = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const index = <usize>load<i32>(indices + ((<usize>r) << 2));
    memory.copy(table + index * rowBytes, x + <usize>r * rowBytes, rowBytes);
  }
}

/** out[c] += Σᵣ x[r, c]. */
export function columnSums(out: usize, x: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) addRow(out, x + <usize>r * rowBytes, rowBytes);
}

/** to[i] += from[i]. */
export function addRow(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) addWithin(to + i, v128.load(from + i), bytes - i);
}
