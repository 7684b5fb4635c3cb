// out[i] = f(x[i]), one thread for each number; `f` and `slope`, its derivative, are prepended (see functions.ts).

struct Shape {
  length: u32,
  p: f32,
  q: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> dy: array<f32>;

// 1 + tanh(u) = 2 / (1 + exp(-2u)). The right side needs no tanh, which returns NaN for large arguments on some drivers; exponents are
// capped because WGSL promises nothing about infinities.
fn logistic(u: f32) -> f32 {
  return 1 / (1 + exp(min(-u, 80f)));
}

// GELU in the tanh form is x times this: 0.5 (1 + tanh(u)) with u = sqrt(2 / pi) (x + 0.044715 x³).
fn gelu_gate(x: f32) -> f32 {
  return logistic(1.5957691216 * (x + 0.044715 * x * x * x));
}

// The derivative of what `gelu_gate` passes to `logistic`.
fn gelu_gate_slope(x: f32) -> f32 {
  return 1.5957691216 * (1 + 0.134145 * x * x);
}

// Near 0 the difference from 1 would lose digits; there a series is exact enough.
fn hyperbolic_tangent(u: f32) -> f32 {
  let square = u * u;
  let series = u * (1 - square * (1 / 3f - square * (2 / 15f - square * (17 / 315f - square * (62 / 2835f)))));
  return select(2 * logistic(2 * u) - 1, series, square < 0.04);
}

// log(1 + exp(u)); log(1 + v) by its series for small v, which the sum with 1 would swallow.
fn softplus(u: f32) -> f32 {
  let v = exp(-abs(u));
  return max(u, 0f) + select(log(1 + v), v * (1 - v * (0.5 - v / 3)), v < 0.01);
}

// The normal distribution: density, and cumulative by Abramowitz & Stegun 7.1.26 (absolute error below 1e-7).
fn normal_density(u: f32) -> f32 {
  return 0.3989422804 * exp(max(-0.5 * u * u, -80f)); // 1 / sqrt(2 pi)
}

fn normal_cumulative(u: f32) -> f32 {
  let z = abs(u) * 0.7071067812;
  let t = 1 / (1 + 0.3275911 * z);
  let series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  let tail = 0.5 * series * exp(max(-z * z, -80f));
  return select(tail, 1 - tail, u > 0);
}

@compute @workgroup_size(THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] = f(x[i]);
  }
}

// WebGPU forbids one buffer in two bindings of a dispatch when one of them writes, so "out is x" needs an entry point of its own.
@compute @workgroup_size(THREADS)
fn in_place(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] = f(out[i]);
  }
}

@compute @workgroup_size(THREADS)
fn gradient(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i < shape.length) {
    out[i] += slope(x[i]) * dy[i];
  }
}
