// GELU in the tanh form (Hendrycks & Gimpel 2016), one thread for each number.
//
// 0.5 x (1 + tanh(u)) = x / (1 + exp(-2u)). The right side needs no tanh, which returns NaN for large arguments on some drivers;
// the exponent is capped because WGSL promises nothing about infinities.

struct Shape {
  length: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;

fn gelu(v: f32) -> f32 {
  let u = 0.7978845608 * (v + 0.044715 * v * v * v); // sqrt(2 / pi)
  return v / (1 + exp(min(-2 * u, 80f)));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) grid: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.y * grid.x + group.x) * 64 + lane;
  if (i < shape.length) {
    out[i] = gelu(x[i]);
  }
}

// WebGPU forbids one buffer in two bindings of a dispatch when one of them writes, so "out is x" needs an entry point of its own.
@compute @workgroup_size(64)
fn in_place(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) grid: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.y * grid.x + group.x) * 64 + lane;
  if (i < shape.length) {
    out[i] = gelu(out[i]);
  }
}
