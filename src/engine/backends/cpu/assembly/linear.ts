import { addProduct } from "./product";
import { sumLanes } from "./simd";

/**
 * out [rows × columns] = (accumulate ? out : 0) + x [rows × inner] · weight + bias.
 * weight: [inner × columns], or [columns × inner] when transposed. bias: 0 for none.
 * scratch: inner × 8 numbers, used when there are rows enough to repay packing the weight.
 */
export function linear(
  out: usize, x: usize, weight: usize, bias: usize, scratch: usize,
  rows: i32, inner: i32, columns: i32, transposed: bool, accumulate: bool,
): void {
  start(out, bias, rows, columns, accumulate);
  if (rows >= 8) {
    const row = (<usize>columns) << 2;
    const x1 = (<usize>inner) << 2;
    addProduct(out, row, x, x1, 4, weight, transposed ? 4 : row, transposed ? x1 : 4, rows, inner, columns);
  } else if (transposed) dotRows(out, x, weight, rows, inner, columns);
  else if (rows < 4) for (let r = 0; r < rows; r++) addRow(out + offset(r, columns), x + offset(r, inner), weight, inner, columns);
  else addBlocks(out, x, weight, scratch, rows, inner, columns);
}

/** out [aWidth × bWidth] += aᵀ · b, with a [rows × aWidth] and b [rows × bWidth]. */
export function outerProducts(out: usize, a: usize, b: usize, rows: i32, aWidth: i32, bWidth: i32): void {
  const bRow = (<usize>bWidth) << 2;
  addProduct(out, bRow, a, 4, (<usize>aWidth) << 2, b, bRow, 4, aWidth, rows, bWidth);
}

@inline
function offset(row: i32, width: i32): usize {
  return (<usize>row * <usize>width) << 2;
}

/** Fills `out` with what the products are added to. */
function start(out: usize, bias: usize, rows: i32, columns: i32, accumulate: bool): void {
  const rowBytes = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    const to = out + <usize>r * rowBytes;
    if (!bias) {
      if (!accumulate) memory.fill(to, 0, rowBytes);
    } else if (!accumulate) {
      memory.copy(to, bias, rowBytes);
    } else {
      let i: usize = 0;
      for (; i + 16 <= rowBytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(bias + i)));
      for (; i < rowBytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(bias + i));
    }
  }
}

/** One row of x: 32 columns at a time in eight accumulators, so that the weight is read once, in order along its rows. */
function addRow(out: usize, x: usize, weight: usize, inner: i32, columns: i32): void {
  const stride = (<usize>columns) << 2;
  const end = x + ((<usize>inner) << 2);
  let c = 0;
  for (; c + 32 <= columns; c += 32) {
    const to = out + ((<usize>c) << 2);
    let w = weight + ((<usize>c) << 2);
    let a0 = v128.load(to), a1 = v128.load(to, 16), a2 = v128.load(to, 32), a3 = v128.load(to, 48);
    let a4 = v128.load(to, 64), a5 = v128.load(to, 80), a6 = v128.load(to, 96), a7 = v128.load(to, 112);
    for (let p = x; p < end; p += 4) {
      const s = v128.load32_splat(p);
      a0 = f32x4.add(a0, f32x4.mul(s, v128.load(w)));
      a1 = f32x4.add(a1, f32x4.mul(s, v128.load(w, 16)));
      a2 = f32x4.add(a2, f32x4.mul(s, v128.load(w, 32)));
      a3 = f32x4.add(a3, f32x4.mul(s, v128.load(w, 48)));
      a4 = f32x4.add(a4, f32x4.mul(s, v128.load(w, 64)));
      a5 = f32x4.add(a5, f32x4.mul(s, v128.load(w, 80)));
      a6 = f32x4.add(a6, f32x4.mul(s, v128.load(w, 96)));
      a7 = f32x4.add(a7, f32x4.mul(s, v128.load(w, 112)));
      w += stride;
    }
    v128.store(to, a0), v128.store(to, a1, 16), v128.store(to, a2, 32), v128.store(to, a3, 48);
    v128.store(to, a4, 64), v128.store(to, a5, 80), v128.store(to, a6, 96), v128.store(to, a7, 112);
  }
  for (; c + 4 <= columns; c += 4) {
    const to = out + ((<usize>c) << 2);
    let w = weight + ((<usize>c) << 2);
    let sum = v128.load(to);
    for (let p = x; p < end; p += 4) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p), v128.load(w)));
      w += stride;
    }
    v128.store(to, sum);
  }
  for (; c < columns; c++) {
    const to = out + ((<usize>c) << 2);
    let w = weight + ((<usize>c) << 2);
    let sum = load<f32>(to);
    for (let p = x; p < end; p += 4) {
      sum += load<f32>(p) * load<f32>(w);
      w += stride;
    }
    store<f32>(to, sum);
  }
}

/**
 * Four rows × eight columns at a time. Eight columns of the weight are packed first: unpacked, rows of 4 kB and multiples fall into one
 * set of the first-level cache and evict each other.
 */
function addBlocks(out: usize, x: usize, weight: usize, scratch: usize, rows: i32, inner: i32, columns: i32): void {
  const stride = (<usize>columns) << 2;
  const xRow = (<usize>inner) << 2;
  const packedEnd = scratch + ((<usize>inner) << 5);
  const blockRows = rows & ~3;
  let c = 0;
  for (; c + 8 <= columns; c += 8) {
    const column = (<usize>c) << 2;
    let w = weight + column;
    for (let p = scratch; p < packedEnd; p += 32) {
      v128.store(p, v128.load(w));
      v128.store(p, v128.load(w, 16), 16);
      w += stride;
    }
    for (let r = 0; r < blockRows; r += 4) {
      const t0 = out + offset(r, columns) + column, t1 = t0 + stride, t2 = t1 + stride, t3 = t2 + stride;
      let x0 = x + offset(r, inner), x1 = x0 + xRow, x2 = x1 + xRow, x3 = x2 + xRow;
      let a0 = v128.load(t0), b0 = v128.load(t0, 16), a1 = v128.load(t1), b1 = v128.load(t1, 16);
      let a2 = v128.load(t2), b2 = v128.load(t2, 16), a3 = v128.load(t3), b3 = v128.load(t3, 16);
      for (let p = scratch; p < packedEnd; p += 32) {
        const wa = v128.load(p), wb = v128.load(p, 16);
        let s = v128.load32_splat(x0);
        a0 = f32x4.add(a0, f32x4.mul(s, wa)), b0 = f32x4.add(b0, f32x4.mul(s, wb));
        s = v128.load32_splat(x1);
        a1 = f32x4.add(a1, f32x4.mul(s, wa)), b1 = f32x4.add(b1, f32x4.mul(s, wb));
        s = v128.load32_splat(x2);
        a2 = f32x4.add(a2, f32x4.mul(s, wa)), b2 = f32x4.add(b2, f32x4.mul(s, wb));
        s = v128.load32_splat(x3);
        a3 = f32x4.add(a3, f32x4.mul(s, wa)), b3 = f32x4.add(b3, f32x4.mul(s, wb));
        x0 += 4, x1 += 4, x2 += 4, x3 += 4;
      }
      v128.store(t0, a0), v128.store(t0, b0, 16), v128.store(t1, a1), v128.store(t1, b1, 16);
      v128.store(t2, a2), v128.store(t2, b2, 16), v128.store(t3, a3), v128.store(t3, b3, 16);
    }
    for (let r = blockRows; r < rows; r++) {
      const to = out + offset(r, columns) + column;
      let a = v128.load(to), b = v128.load(to, 16);
      let xr = x + offset(r, inner);
      for (let p = scratch; p < packedEnd; p += 32) {
        const s = v128.load32_splat(xr);
        a = f32x4.add(a, f32x4.mul(s, v128.load(p))), b = f32x4.add(b, f32x4.mul(s, v128.load(p, 16)));
        xr += 4;
      }
      v128.store(to, a), v128.store(to, b, 16);
    }
  }
  for (; c < columns; c++) {
    for (let r = 0; r < rows; r++) {
      const to = out + offset(r, columns) + ((<usize>c) << 2);
      let w = weight + ((<usize>c) << 2);
      let sum = load<f32>(to);
      const from = x + offset(r, inner);
      for (let i: usize = 0; i < xRow; i += 4) {
        sum += load<f32>(from + i) * load<f32>(w);
        w += stride;
      }
      store<f32>(to, sum);
    }
  }
}

/** Transposed weight: dot products of rows of x with rows of the weight, two of x and four of the weight at a time. */
function dotRows(out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const rowBytes = (<usize>inner) << 2;
  const vectorBytes = rowBytes & ~15;
  const outRow = (<usize>columns) << 2;
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    const w0 = weight + offset(c, inner), w1 = w0 + rowBytes, w2 = w1 + rowBytes, w3 = w2 + rowBytes;
    let r = 0;
    for (; r + 2 <= rows; r += 2) {
      const x0 = x + offset(r, inner), x1 = x0 + rowBytes;
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      for (let i: usize = 0; i < vectorBytes; i += 16) {
        const u = v128.load(x0 + i), v = v128.load(x1 + i);
        let w = v128.load(w0 + i);
        a0 = f32x4.add(a0, f32x4.mul(u, w)), b0 = f32x4.add(b0, f32x4.mul(v, w));
        w = v128.load(w1 + i);
        a1 = f32x4.add(a1, f32x4.mul(u, w)), b1 = f32x4.add(b1, f32x4.mul(v, w));
        w = v128.load(w2 + i);
        a2 = f32x4.add(a2, f32x4.mul(u, w)), b2 = f32x4.add(b2, f32x4.mul(v, w));
        w = v128.load(w3 + i);
        a3 = f32x4.add(a3, f32x4.mul(u, w)), b3 = f32x4.add(b3, f32x4.mul(v, w));
      }
      const to = out + offset(r, columns) + ((<usize>c) << 2);
      add4(to, sums4(a0, a1, a2, a3));
      add4(to + outRow, sums4(b0, b1, b2, b3));
    }
    for (; r < rows; r++) {
      const x0 = x + offset(r, inner);
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
      for (let i: usize = 0; i < vectorBytes; i += 16) {
        const u = v128.load(x0 + i);
        a0 = f32x4.add(a0, f32x4.mul(u, v128.load(w0 + i)));
        a1 = f32x4.add(a1, f32x4.mul(u, v128.load(w1 + i)));
        a2 = f32x4.add(a2, f32x4.mul(u, v128.load(w2 + i)));
        a3 = f32x4.add(a3, f32x4.mul(u, v128.load(w3 + i)));
      }
      add4(out + offset(r, columns) + ((<usize>c) << 2), sums4(a0, a1, a2, a3));
    }
    if (vectorBytes < rowBytes) for (r = 0; r < rows; r++) for (let k = 0; k < 4; k++) addTail(out, x, weight, r, c + k, inner, columns, vectorBytes);
  }
  for (; c < columns; c++) {
    for (let r = 0; r < rows; r++) {
      const from = x + offset(r, inner), w = weight + offset(c, inner);
      let sums = f32x4.splat(0);
      for (let i: usize = 0; i < vectorBytes; i += 16) sums = f32x4.add(sums, f32x4.mul(v128.load(from + i), v128.load(w + i)));
      const to = out + offset(r, columns) + ((<usize>c) << 2);
      store<f32>(to, load<f32>(to) + sumLanes(sums));
      addTail(out, x, weight, r, c, inner, columns, vectorBytes);
    }
  }
}

/** The last inner % 4 products of one dot product. */
function addTail(out: usize, x: usize, weight: usize, r: i32, c: i32, inner: i32, columns: i32, from: usize): void {
  const to = out + offset(r, columns) + ((<usize>c) << 2);
  const rowBytes = (<usize>inner) << 2;
  let sum = load<f32>(to);
  for (let i = from; i < rowBytes; i += 4) sum += load<f32>(x + offset(r, inner) + i) * load<f32>(weight + offset(c, inner) + i);
  store<f32>(to, sum);
}

@inline
function add4(to: usize, v: v128): void {
  v128.store(to, f32x4.add(v128.load(to), v));
}

/** The lane sums of four vectors, as one vector (a 4×4 transpose and three additions). */
@inline
function sums4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab0 = i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const ab1 = i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  const cd0 = i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const cd1 = i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  const ab = f32x4.add(ab0, ab1);
  const cd = f32x4.add(cd0, cd1);
  const even = i8x16.shuffle(ab, cd, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  const odd = i8x16.shuffle(ab, cd, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  return f32x4.add(even, odd);
}
