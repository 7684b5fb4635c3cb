// out[i] = f(a[i], b[i]), one thread for each number; `f` and `slope`, its derivative by one of the operands, are prepended (see
// functions.ts). An operand that is `out` needs an entry point of its own, as in map.wgsl.

struct Shape {
  length: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> a: array<f32>;
@group(0) @binding(3) var<storage, read> b: array<f32>;
@group(0) @binding(4) var<storage, read> dy: array<f32>;

@compute @workgroup_size(THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] = f(a[i], b[i]);
  }
}

@compute @workgroup_size(THREADS)
fn into_a(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] = f(out[i], b[i]);
  }
}

@compute @workgroup_size(THREADS)
fn into_b(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] = f(a[i], out[i]);
  }
}

@compute @workgroup_size(THREADS)
fn into_both(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] = f(out[i], out[i]);
  }
}

@compute @workgroup_size(THREADS)
fn gradient(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] += slope(a[i], b[i]) * dy[i];
  }
}
