// out[r, :] = (accumulate ? out[r, :] : 0) + table[indices[r], :], one thread for each number. One of weight-*.wgsl has the table.

struct Shape {
  rows: u32,
  width: u32,
  accumulate: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> indices: array<i32>;
// Binding 3 is the bias of the products, which share the table's declaration.

@compute @workgroup_size(THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i >= shape.rows * shape.width) {
    return;
  }
  let row = u32(indices[i / shape.width]);
  let value = scaled(weight_number(row * shape.width + i % shape.width), row);
  out[i] = value + select(0f, out[i], shape.accumulate != 0);
}
