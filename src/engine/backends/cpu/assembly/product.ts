import { cell, eight, high, lifted, low, number, upperBits } from "./cells";
import { touch } from "./touch";

// The matrix product of training and prefill, blocked for registers and caches as in Goto & van de Geijn 2008: tiles of 4 × 8 stay in
// registers while they run over packed panels of a and b. A panel of b (8 kB) stays in the first-level cache, a block of a (256 kB) in the second.

const TILE_ROWS: i32 = 4;
const TILE_COLUMNS: i32 = 8;
const BLOCK_ROWS: i32 = 256;
const BLOCK_COLUMNS: i32 = 128;
const DEPTH: i32 = 256;
/** Between two panels, in bytes: without it they would compete for the same places in the first-level cache while they are packed. */
const GAP: i32 = 64;

/** Packed panels, and a tile for the edges. Static: the arena begins behind it. */
const PACKED_A = memory.data((BLOCK_ROWS * DEPTH * 4) + (BLOCK_ROWS / TILE_ROWS) * GAP, 16);
const PACKED_B = memory.data(BLOCK_COLUMNS * DEPTH * 4 + (BLOCK_COLUMNS / TILE_COLUMNS) * GAP, 16);
const EDGE = memory.data(TILE_ROWS * TILE_COLUMNS * 4, 16);

/**
 * out [rows × columns] += a [rows × inner] · b [inner × columns]. Each matrix is given with the distances in bytes between its rows and between
 * its columns, one of which is that of neighbours: so parts of matrices, and transposed ones, need no copy. The columns of `out` are neighbours.
 * b is stored as T.
 */
export function addProduct<T>(
  out: usize, outRow: usize, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize,
  rows: i32, inner: i32, columns: i32,
): void {
  for (let k = 0; k < inner; k += DEPTH) {
    const depth = min(DEPTH, inner - k);
    for (let r = 0; r < rows; r += BLOCK_ROWS) {
      const blockRows = min(BLOCK_ROWS, rows - r);
      pack<f32>(PACKED_A, TILE_ROWS, a + <usize>r * aRow + <usize>k * aColumn, aRow, aColumn, blockRows, depth);
      for (let c = 0; c < columns; c += BLOCK_COLUMNS) {
        const blockColumns = min(BLOCK_COLUMNS, columns - c);
        pack<T>(PACKED_B, TILE_COLUMNS, b + <usize>k * bRow + <usize>c * bColumn, bColumn, bRow, blockColumns, depth);
        addBlock(out + <usize>r * outRow + ((<usize>c) << 2), outRow, blockRows, blockColumns, depth);
      }
    }
  }
}

/** A block of out += packed a · packed b. */
function addBlock(out: usize, outRow: usize, rows: i32, columns: i32, depth: i32): void {
  const aPanel = panelBytes(TILE_ROWS, depth), bPanel = panelBytes(TILE_COLUMNS, depth);
  let b = PACKED_B;
  for (let c = 0; c < columns; c += TILE_COLUMNS) {
    let a = PACKED_A;
    for (let r = 0; r < rows; r += TILE_ROWS) {
      const to = out + <usize>r * outRow + ((<usize>c) << 2);
      if (r + TILE_ROWS <= rows && c + TILE_COLUMNS <= columns) addTile(to, outRow, a, b, depth);
      else addEdge(to, outRow, a, b, depth, rows - r, columns - c);
      a += aPanel;
    }
    b += bPanel;
  }
}

/** From the beginning of a packed panel to the next. */
@inline
function panelBytes(width: i32, depth: i32): usize {
  return ((<usize>(width * depth)) << 2) + GAP;
}

/** One tile of out += a panel of a · a panel of b. */
@external("fused", "addTile")
declare function addTile(to: usize, row: usize, a: usize, b: usize, depth: i32): void;

/** The same where only a part of the tile lies within `out`. What the panels hold beyond `rows` and `columns` touches nothing that counts. */
function addEdge(to: usize, row: usize, a: usize, b: usize, depth: i32, rows: i32, columns: i32): void {
  memory.fill(EDGE, 0, TILE_ROWS * TILE_COLUMNS * 4);
  addTile(EDGE, TILE_COLUMNS * 4, a, b, depth);
  for (let i = 0; i < min(rows, TILE_ROWS); i++) {
    for (let j = 0; j < min(columns, TILE_COLUMNS); j++) {
      const at = to + <usize>i * row + ((<usize>j) << 2);
      store<f32>(at, load<f32>(at) + load<f32>(EDGE + <usize>((i * TILE_COLUMNS + j) * 4)));
    }
  }
}

/**
 * Packs `count` vectors of `depth` numbers into panels of `width` vectors, interleaved. The vectors lie `across` bytes apart, their numbers
 * `along`. The last panel is filled up with any numbers.
 */
function pack<T>(to: usize, width: i32, from: usize, across: usize, along: usize, count: i32, depth: i32): void {
  const step = (<usize>width) << 2;
  const panel = panelBytes(width, depth);
  if (across == sizeof<T>()) {
    for (let k = 0; k < depth; k++) touch(from + <usize>k * along, <usize>count * sizeof<T>());
    // Neighbours in memory, in part also beyond the last (`READ_AHEAD_BYTES` of the arena).
    const bits = upperBits<T>();
    for (const end = to + step * <usize>depth; to < end; to += step) {
      let p = to;
      for (let i = 0; i < count; i += width) {
        const at = (<usize>i) << 2;
        if (step == 32) {
          const w = eight<T>(from, at);
          v128.store(p, lifted<T>(low<T>(w, from, at, bits))), v128.store(p, lifted<T>(high<T>(w, from, at, bits)), 16);
        } else v128.store(p, cell<T>(from, at));
        p += panel;
      }
      from += along;
    }
  } else {
    for (let i = 0; i < count; i += 4) {
      const at = to + <usize>(i / width) * panel + <usize>(i % width) * 4;
      const last = count - 1;
      interleave<T>(at, step, from + <usize>i * across, from + <usize>min(i + 1, last) * across, from + <usize>min(i + 2, last) * across, from + <usize>min(i + 3, last) * across, depth);
    }
  }
}

/** Four vectors of neighbouring numbers become columns of a panel. */
function interleave<T>(to: usize, step: usize, v0: usize, v1: usize, v2: usize, v3: usize, depth: i32): void {
  const bytes = (<usize>depth) << 2;
  let i: usize = 0;
  for (const bits = upperBits<T>(); i + 32 <= bytes; i += 32) {
    const a = eight<T>(v0, i), b = eight<T>(v1, i), c = eight<T>(v2, i), d = eight<T>(v3, i);
    transpose<T>(to, step, low<T>(a, v0, i, bits), low<T>(b, v1, i, bits), low<T>(c, v2, i, bits), low<T>(d, v3, i, bits));
    to += 4 * step;
    transpose<T>(to, step, high<T>(a, v0, i, bits), high<T>(b, v1, i, bits), high<T>(c, v2, i, bits), high<T>(d, v3, i, bits));
    to += 4 * step;
  }
  for (; i < bytes; i += 4) {
    v128.store32_lane(to, number<T>(v0, i), 0), v128.store32_lane(to, number<T>(v1, i), 0, 4);
    v128.store32_lane(to, number<T>(v2, i), 0, 8), v128.store32_lane(to, number<T>(v3, i), 0, 12);
    to += step;
  }
}

/** Four numbers of each of four vectors, 4 × 4, change rows and columns; they are lifted on the way. */
@inline
function transpose<T>(to: usize, step: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab0 = i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const ab1 = i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  const cd0 = i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const cd1 = i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  v128.store(to, lifted<T>(i8x16.shuffle(ab0, cd0, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)));
  v128.store(to + step, lifted<T>(i8x16.shuffle(ab0, cd0, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31)));
  v128.store(to + 2 * step, lifted<T>(i8x16.shuffle(ab1, cd1, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)));
  v128.store(to + 3 * step, lifted<T>(i8x16.shuffle(ab1, cd1, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31)));
}
