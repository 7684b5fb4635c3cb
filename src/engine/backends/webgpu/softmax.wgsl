// The softmax of batched attention, in place, and its gradient: one workgroup for each row of the weights [batch, heads, queries, keys].

struct Shape {
  rows: u32,
  heads: u32,
  queries: u32,
  keys: u32,
  causal: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
// The scores, which become weights; in the gradient: what flows into the weights, which becomes what flows into the scores.
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> lengths: array<i32>;
@group(0) @binding(2) var<storage, read> pattern: array<f32>;

// Threads of a workgroup, at most 32.
override LANES: u32 = 32;
const LOWEST = -3.4e38f;

// Largest score that each lane saw, and its sum of exp(score - largest) (see attention.wgsl).
var<workgroup> largest: array<f32, 32>;
var<workgroup> sums: array<f32, 32>;

@compute @workgroup_size(LANES)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let row = index_of(at);
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.keys;
  let batch = row / (shape.heads * shape.queries);
  var span = min(u32(lengths[batch]), shape.keys);
  if (shape.causal != 0) {
    span = min(span, row % shape.queries + 1);
  }

  var top = LOWEST;
  var sum = 0.0;
  for (var i = lane; i < span; i += LANES) {
    let score = out[start + i];
    let higher = max(top, score);
    sum = sum * exp(top - higher) + exp(score - higher);
    top = higher;
  }
  largest[lane] = top;
  sums[lane] = sum;
  workgroupBarrier();

  var maximum = LOWEST;
  for (var i = 0u; i < LANES; i++) {
    maximum = max(maximum, largest[i]);
  }
  var total = 0.0;
  for (var i = 0u; i < LANES; i++) {
    total += sums[i] * exp(largest[i] - maximum);
  }
  for (var i = lane; i < shape.keys; i += LANES) {
    out[start + i] = select(0f, exp(out[start + i] - maximum) / total, i < span);
  }
}

// dscore = weight · (dweight - Σ weight · dweight); a weight of 0 lets nothing through, so the mask is in the weights.
@compute @workgroup_size(LANES)
fn gradient(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let row = index_of(at);
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.keys;
  var sum = 0.0;
  for (var i = lane; i < shape.keys; i += LANES) {
    sum += pattern[start + i] * out[start + i];
  }
  sums[lane] = sum;
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < LANES; i++) {
    total += sums[i];
  }
  for (var i = lane; i < shape.keys; i += LANES) {
    out[start + i] = pattern[start + i] * (out[start + i] - total);
  }
}
