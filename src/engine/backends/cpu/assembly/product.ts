// The matrix product of training and prefill, blocked for registers and caches as in Goto & van de Geijn 2008: tiles of out stay in registers
// while they run over packed panels of a and b, which stay in the first-level cache.

const TILE_ROWS: i32 = 4;
const TILE_COLUMNS: i32 = 8;
const BLOCK_ROWS: i32 = 128;
const DEPTH: i32 = 256;

/** Packed panels, and a tile for the edges. Static: the arena begins behind it. */
const PACKED_A = memory.data(BLOCK_ROWS * DEPTH * 4, 16);
const PACKED_B = memory.data(DEPTH * TILE_COLUMNS * 4, 16);
const EDGE = memory.data(TILE_ROWS * TILE_COLUMNS * 4, 16);

/**
 * out [rows × columns] += a [rows × inner] · b [inner × columns]. Each matrix is given with the distances in bytes between its rows and between
 * its columns, so that parts of matrices and transposed ones need no copy. The columns of `out` are neighbours.
 */
export function addProduct(
  out: usize, outRow: usize, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize,
  rows: i32, inner: i32, columns: i32,
): void {
  for (let k = 0; k < inner; k += DEPTH) {
    const depth = min(DEPTH, inner - k);
    for (let r = 0; r < rows; r += BLOCK_ROWS) {
      const blockRows = min(BLOCK_ROWS, rows - r);
      const from = a + <usize>r * aRow + <usize>k * aColumn;
      for (let i = 0; i < blockRows; i += TILE_ROWS) {
        pack(PACKED_A + <usize>(i * depth) * 4, TILE_ROWS, from + <usize>i * aRow, aRow, aColumn, min(TILE_ROWS, blockRows - i), depth);
      }
      for (let c = 0; c < columns; c += TILE_COLUMNS) {
        const tileColumns = min(TILE_COLUMNS, columns - c);
        pack(PACKED_B, TILE_COLUMNS, b + <usize>k * bRow + <usize>c * bColumn, bColumn, bRow, tileColumns, depth);
        for (let i = 0; i < blockRows; i += TILE_ROWS) {
          const tileRows = min(TILE_ROWS, blockRows - i);
          const to = out + <usize>(r + i) * outRow + ((<usize>c) << 2);
          const panel = PACKED_A + <usize>(i * depth) * 4;
          if (tileRows == TILE_ROWS && tileColumns == TILE_COLUMNS) addTile(to, outRow, panel, depth);
          else addEdge(to, outRow, panel, depth, tileRows, tileColumns);
        }
      }
    }
  }
}

/** to [depth × width] = the first `count` of `width` vectors, interleaved; zeros stand for those that are missing. */
function pack(to: usize, width: i32, from: usize, across: usize, along: usize, count: i32, depth: i32): void {
  for (let k = 0; k < depth; k++) {
    for (let i = 0; i < width; i++) {
      store<f32>(to, i < count ? load<f32>(from + <usize>i * across) : 0);
      to += 4;
    }
    from += along;
  }
}

/** One tile of out += a panel of a · the panel of b. */
function addTile(to: usize, row: usize, a: usize, depth: i32): void {
  const t1 = to + row, t2 = t1 + row, t3 = t2 + row;
  let a0 = v128.load(to), b0 = v128.load(to, 16), a1 = v128.load(t1), b1 = v128.load(t1, 16);
  let a2 = v128.load(t2), b2 = v128.load(t2, 16), a3 = v128.load(t3), b3 = v128.load(t3, 16);
  const end = PACKED_B + <usize>depth * 32;
  for (let p: usize = PACKED_B; p < end; p += 32) {
    const wa = v128.load(p), wb = v128.load(p, 16);
    let s = v128.load32_splat(a);
    a0 = f32x4.add(a0, f32x4.mul(s, wa)), b0 = f32x4.add(b0, f32x4.mul(s, wb));
    s = v128.load32_splat(a, 4);
    a1 = f32x4.add(a1, f32x4.mul(s, wa)), b1 = f32x4.add(b1, f32x4.mul(s, wb));
    s = v128.load32_splat(a, 8);
    a2 = f32x4.add(a2, f32x4.mul(s, wa)), b2 = f32x4.add(b2, f32x4.mul(s, wb));
    s = v128.load32_splat(a, 12);
    a3 = f32x4.add(a3, f32x4.mul(s, wa)), b3 = f32x4.add(b3, f32x4.mul(s, wb));
    a += 16;
  }
  v128.store(to, a0), v128.store(to, b0, 16), v128.store(t1, a1), v128.store(t1, b1, 16);
  v128.store(t2, a2), v128.store(t2, b2, 16), v128.store(t3, a3), v128.store(t3, b3, 16);
}

/** The same where only a part of the tile lies within `out`. */
function addEdge(to: usize, row: usize, a: usize, depth: i32, tileRows: i32, tileColumns: i32): void {
  memory.fill(EDGE, 0, TILE_ROWS * TILE_COLUMNS * 4);
  addTile(EDGE, TILE_COLUMNS * 4, a, depth);
  for (let i = 0; i < tileRows; i++) {
    for (let j = 0; j < tileColumns; j++) {
      const at = to + <usize>i * row + ((<usize>j) << 2);
      store<f32>(at, load<f32>(at) + load<f32>(EDGE + <usize>((i * TILE_COLUMNS + j) * 4)));
    }
  }
}
