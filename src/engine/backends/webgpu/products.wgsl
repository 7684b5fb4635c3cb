// out[z] = scale · a[z] · b[z], or that added to `out`, for many pairs of matrices: all those of attention and of the gradient of a weight.
// Strides say where the matrices lie, so one source serves every layout. A matrix z belongs to a batch and a head.
//
// One thread computes a block of 4 × 4 numbers in registers and shares nothing.

struct Shape {
  // Distance of two batches, heads, rows, and columns in elements.
  a: vec4u,
  b: vec4u,
  out: vec4u,
  matrices: u32,
  heads: u32,
  rows: u32,
  inner: u32,
  columns: u32,
  scale: f32,
  accumulate: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> a: array<f32>;
@group(0) @binding(3) var<storage, read> b: array<f32>;

@compute @workgroup_size(LOOP_THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let across = (shape.columns + 3) / 4;
  let down = (shape.rows + 3) / 4;
  let block = loop_thread_of(at, lane);
  let matrix = block / (across * down);
  if (matrix >= shape.matrices) {
    return;
  }
  let place = vec2u(matrix / shape.heads, matrix % shape.heads);
  let row = block / across % down * 4;
  let column = block % across * 4;

  // Rows and columns past the end repeat the last one, so that all loads stay inside the matrices.
  let rows = min(row + vec4u(0, 1, 2, 3), vec4u(shape.rows - 1));
  let columns = min(column + vec4u(0, 1, 2, 3), vec4u(shape.columns - 1));
  var from_a = dot(place, shape.a.xy) + rows * shape.a.z;
  var from_b = dot(place, shape.b.xy) + columns * shape.b.w;
  var row0 = vec4f();
  var row1 = vec4f();
  var row2 = vec4f();
  var row3 = vec4f();
  for (var k = 0u; k < shape.inner; k++) {
    let right = vec4f(b[from_b.x], b[from_b.y], b[from_b.z], b[from_b.w]);
    row0 += a[from_a.x] * right;
    row1 += a[from_a.y] * right;
    row2 += a[from_a.z] * right;
    row3 += a[from_a.w] * right;
    from_a += shape.a.w;
    from_b += shape.b.z;
  }
  let start = dot(place, shape.out.xy) + column * shape.out.w;
  store(start, row, column, row0);
  store(start, row + 1, column, row1);
  store(start, row + 2, column, row2);
  store(start, row + 3, column, row3);
}

fn store(start: u32, row: u32, column: u32, sums: vec4f) {
  if (row >= shape.rows) {
    return;
  }
  for (var c = 0u; c < min(4u, shape.columns - column); c++) {
    let i = start + row * shape.out.z + c * shape.out.w;
    out[i] = shape.scale * sums[c] + select(0f, out[i], shape.accumulate != 0);
  }
}
