// out[i] = value, one thread for each number.

struct Shape {
  length: u32,
  value: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;

@compute @workgroup_size(THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] = shape.value;
  }
}
