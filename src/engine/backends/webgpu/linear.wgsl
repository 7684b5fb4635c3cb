// out [rows × columns] = x [rows × inner] · weight (+ bias), for `inner` (and, without `transposed`, `columns`) a multiple of 4. What the weight is
// made of, floats or scaled integers, is said by what stands in front of this: `weight_cells`, four neighbours, and `scaled`.
//
// One thread computes a block of ROWS × 4 numbers in registers, four steps of the inner dimension at a time. Threads share nothing, so
// there is no barrier in the way of many rows. With few rows that makes too few threads to fill a GPU: the `split` entry points share
// the inner dimension of each block among LANES threads, which add up their parts once at the end.

struct Shape {
  rows: u32,
  inner_cells: u32, // inner / 4
  columns: u32,
  accumulate: u32,
  biased: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<vec4f>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;

// Rows of one block: 1, or 4 (of which a single row would waste three).
override ROWS: u32 = 4;

// A workgroup of the whole entry points: one block for each thread.
const WHOLE_THREADS = 32u;
// A workgroup of the split entry points: LANES threads for each block.
const LANES = 16u;
const BLOCKS = 4u;
const SPLIT_THREADS = LANES * BLOCKS;

struct Block {
  row0: vec4f,
  row1: vec4f,
  row2: vec4f,
  row3: vec4f,
}

// The block at (row, column), summed over every `step`-th group of four inner numbers. Rows past the end repeat the last one, so that all
// loads stay inside the buffers; `store` drops them.
fn plain(row: u32, column: u32, first: u32, step: u32) -> Block {
  let last = shape.rows - 1;
  let x0 = row * shape.inner_cells;
  let x1 = min(row + 1, last) * shape.inner_cells;
  let x2 = min(row + 2, last) * shape.inner_cells;
  let x3 = min(row + 3, last) * shape.inner_cells;
  let stride = shape.columns / 4;
  var block = Block();
  for (var k = first; k < shape.inner_cells; k += step) {
    let w = 4 * k * stride + column / 4;
    let w0 = weight_cells(w);
    let w1 = weight_cells(w + stride);
    let w2 = weight_cells(w + 2 * stride);
    let w3 = weight_cells(w + 3 * stride);
    let a = x[x0 + k];
    block.row0 += a.x * w0 + a.y * w1 + a.z * w2 + a.w * w3;
    if (ROWS > 1) {
      let b = x[x1 + k];
      block.row1 += b.x * w0 + b.y * w1 + b.z * w2 + b.w * w3;
      let c = x[x2 + k];
      block.row2 += c.x * w0 + c.y * w1 + c.z * w2 + c.w * w3;
      let d = x[x3 + k];
      block.row3 += d.x * w0 + d.y * w1 + d.z * w2 + d.w * w3;
    }
  }
  return block;
}

// The same for a weight of columns × inner; columns past the end repeat the last one.
fn transposed(row: u32, column: u32, first: u32, step: u32) -> Block {
  let last = shape.rows - 1;
  let x0 = row * shape.inner_cells;
  let x1 = min(row + 1, last) * shape.inner_cells;
  let x2 = min(row + 2, last) * shape.inner_cells;
  let x3 = min(row + 3, last) * shape.inner_cells;
  let edge = shape.columns - 1;
  let start0 = column * shape.inner_cells;
  let start1 = min(column + 1, edge) * shape.inner_cells;
  let start2 = min(column + 2, edge) * shape.inner_cells;
  let start3 = min(column + 3, edge) * shape.inner_cells;
  var block = Block();
  for (var k = first; k < shape.inner_cells; k += step) {
    let w0 = weight_cells(start0 + k);
    let w1 = weight_cells(start1 + k);
    let w2 = weight_cells(start2 + k);
    let w3 = weight_cells(start3 + k);
    let a = x[x0 + k];
    block.row0 += vec4f(dot(a, w0), dot(a, w1), dot(a, w2), dot(a, w3));
    if (ROWS > 1) {
      let b = x[x1 + k];
      block.row1 += vec4f(dot(b, w0), dot(b, w1), dot(b, w2), dot(b, w3));
      let c = x[x2 + k];
      block.row2 += vec4f(dot(c, w0), dot(c, w1), dot(c, w2), dot(c, w3));
      let d = x[x3 + k];
      block.row3 += vec4f(dot(d, w0), dot(d, w1), dot(d, w2), dot(d, w3));
    }
  }
  return block;
}

fn store(row: u32, column: u32, sums: vec4f) {
  if (row >= shape.rows) {
    return;
  }
  for (var c = 0u; c < min(4u, shape.columns - column); c++) {
    var sum = scaled(sums[c], column + c);
    if (shape.biased != 0) {
      sum += bias[column + c];
    }
    let place = row * shape.columns + column + c;
    if (shape.accumulate != 0) {
      sum += out[place];
    }
    out[place] = sum;
  }
}

fn store_block(row: u32, column: u32, block: Block) {
  store(row, column, block.row0);
  if (ROWS > 1) {
    store(row + 1, column, block.row1);
    store(row + 2, column, block.row2);
    store(row + 3, column, block.row3);
  }
}

// Row and first column of the block with this number; blocks go along the columns first.
fn origin(block: u32) -> vec2u {
  let across = (shape.columns + 3) / 4;
  return vec2u(block / across * ROWS, block % across * 4);
}

@compute @workgroup_size(WHOLE_THREADS)
fn plain_whole(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let place = origin(index_of(at) * WHOLE_THREADS + thread);
  if (place.x < shape.rows) {
    store_block(place.x, place.y, plain(place.x, place.y, 0, 1));
  }
}

@compute @workgroup_size(WHOLE_THREADS)
fn transposed_whole(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let place = origin(index_of(at) * WHOLE_THREADS + thread);
  if (place.x < shape.rows) {
    store_block(place.x, place.y, transposed(place.x, place.y, 0, 1));
  }
}

// The parts of a workgroup's blocks, [ROWS × LANES × BLOCKS].
var<workgroup> parts: array<vec4f, 4 * SPLIT_THREADS>;

// Neighbouring threads take neighbouring columns, which are neighbours in memory.
@compute @workgroup_size(SPLIT_THREADS)
fn plain_split(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let first = index_of(at) * BLOCKS;
  let block = thread % BLOCKS;
  let lane = thread / BLOCKS;
  let place = origin(first + block);
  if (place.x < shape.rows) {
    keep(block, lane, plain(place.x, place.y, lane, LANES));
  }
  workgroupBarrier();
  add_up(first, thread);
}

// Neighbouring threads take neighbouring inner numbers, which are neighbours in memory.
@compute @workgroup_size(SPLIT_THREADS)
fn transposed_split(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let first = index_of(at) * BLOCKS;
  let block = thread / LANES;
  let lane = thread % LANES;
  let place = origin(first + block);
  if (place.x < shape.rows) {
    keep(block, lane, transposed(place.x, place.y, lane, LANES));
  }
  workgroupBarrier();
  add_up(first, thread);
}

fn keep(block: u32, lane: u32, part: Block) {
  let place = lane * BLOCKS + block;
  parts[place] = part.row0;
  if (ROWS > 1) {
    parts[place + SPLIT_THREADS] = part.row1;
    parts[place + 2 * SPLIT_THREADS] = part.row2;
    parts[place + 3 * SPLIT_THREADS] = part.row3;
  }
}

// One thread adds up one row of one block.
fn add_up(first: u32, thread: u32) {
  let place = origin(first + thread % BLOCKS);
  let row = thread / BLOCKS;
  if (row >= ROWS || place.x >= shape.rows) {
    return;
  }
  var sum = vec4f();
  for (var lane = 0u; lane < LANES; lane++) {
    sum += parts[row * SPLIT_THREADS + lane * BLOCKS + thread % BLOCKS];
  }
  store(place.x + row, place.y, sum);
}
