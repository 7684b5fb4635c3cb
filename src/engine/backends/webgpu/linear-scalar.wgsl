// out [rows × columns] = x [rows × inner] · weight (+ bias), for what blocks.ts cannot load: one thread for each number of `out`.
// Both weight layouts, by their strides; one of weight-*.wgsl has the weight.

struct Shape {
  rows: u32,
  inner: u32,
  columns: u32,
  accumulate: u32,
  biased: u32,
  inner_stride: u32,
  column_stride: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;

@compute @workgroup_size(LOOP_THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = loop_thread_of(at, lane);
  if (i >= shape.rows * shape.columns) {
    return;
  }
  let row = i / shape.columns;
  let column = i % shape.columns;
  var sum = 0.0;
  for (var k = 0u; k < shape.inner; k++) {
    sum += x[row * shape.inner + k] * weight_number(k * shape.inner_stride + column * shape.column_stride);
  }
  sum = scaled(sum, column);
  if (shape.biased != 0) {
    sum += bias[column];
  }
  if (shape.accumulate != 0) {
    sum += out[i];
  }
  out[i] = sum;
}
