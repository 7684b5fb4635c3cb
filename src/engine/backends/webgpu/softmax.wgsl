// The softmax of batched attention, in place, and its gradient, over each row of the weights [batch, heads, queries, keys]. One of rows-*.wgsl
// says how threads go about a row.

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

@compute @workgroup_size(ROW_THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let start = row * shape.keys;
  var span = min(u32(lengths[row / (shape.heads * shape.queries)]), shape.keys);
  if (shape.causal != 0) {
    span = min(span, row % shape.queries + 1);
  }

  var largest = LOWEST;
  for (var i = lane; i < span; i += LANES) {
    largest = max(largest, out[start + i]);
  }
  largest = largest_of(largest, lane);
  var sum = 0.0;
  for (var i = lane; i < span; i += LANES) {
    let weight = exp(out[start + i] - largest);
    out[start + i] = weight;
    sum += weight;
  }
  sum = sum_of(sum, lane);
  for (var i = lane; i < shape.keys; i += LANES) {
    out[start + i] = select(0f, out[start + i] / sum, i < span);
  }
}

// dscore = weight · (dweight - Σ weight · dweight); a weight of 0 lets nothing through, so the mask is in the weights.
@compute @workgroup_size(ROW_THREADS)
fn gradient(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let start = row * shape.keys;
  let end = start + shape.keys;
  var sum = 0.0;
  for (var i = start + lane; i < end; i += LANES) {
    sum += pattern[i] * out[i];
  }
  sum = sum_of(sum, lane);
  for (var i = start + lane; i < end; i += LANES) {
    out[i] = pattern[i] * (out[i] - sum);
  }
}
