// table[indices[r], :] = x[r, :], one thread for each number.

struct Shape {
  rows: u32,
  width: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> table: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> indices: array<i32>;

@compute @workgroup_size(THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i >= shape.rows * shape.width) {
    return;
  }
  table[u32(indices[i / shape.width]) * shape.width + i % shape.width] = x[i];
}
