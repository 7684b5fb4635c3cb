// Cross-entropy and entropy of softmax(logits[r, :]), in nats, and their gradients: one workgroup for each row.

struct Shape {
  rows: u32,
  columns: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> logits: array<f32>;
// Where they are wanted; an operation without one of them binds something else, and never looks at it.
@group(0) @binding(3) var<storage, read> targets: array<i32>;
@group(0) @binding(4) var<storage, read> dy: array<f32>;

// Threads of a workgroup, at most 64.
override LANES: u32 = 64;
const LOWEST = -3.4e38f;

// Everything is relative to the largest logit: a loss of 0.5 has no digits to lose to logits of a thousand.
struct Row {
  largest: f32,
  // log Σ exp(logit - largest)
  log_total: f32,
  // Σ p · (logit - largest)
  mean: f32,
}

// Largest logit that each lane saw, its sum of exp(logit - largest), and that sum weighted with logit - largest.
var<workgroup> largest: array<f32, 64>;
var<workgroup> sums: array<f32, 64>;
var<workgroup> weighted: array<f32, 64>;

fn summary(start: u32, lane: u32) -> Row {
  var top = LOWEST;
  for (var i = lane; i < shape.columns; i += LANES) {
    top = max(top, logits[start + i]);
  }
  var sum = 0.0;
  var product = 0.0;
  for (var i = lane; i < shape.columns; i += LANES) {
    let below = logits[start + i] - top;
    let part = exp(below);
    sum += part;
    product += part * below;
  }
  largest[lane] = top;
  sums[lane] = sum;
  weighted[lane] = product;
  workgroupBarrier();

  // Lanes without a logit hold (LOWEST, 0, 0) and add nothing.
  let lanes = min(shape.columns, LANES);
  var maximum = LOWEST;
  for (var i = 0u; i < lanes; i++) {
    maximum = max(maximum, largest[i]);
  }
  var total = 0.0;
  var mean = 0.0;
  for (var i = 0u; i < lanes; i++) {
    let factor = exp(largest[i] - maximum);
    total += sums[i] * factor;
    mean += (weighted[i] + sums[i] * (largest[i] - maximum)) * factor;
  }
  return Row(maximum, log(total), mean / total);
}

@compute @workgroup_size(LANES)
fn cross_entropy(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let row = index_of(at);
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.columns;
  let target_column = targets[row];
  let summary = summary(start, lane);
  if (lane == 0) {
    let below = logits[start + u32(max(target_column, 0))] - summary.largest;
    out[row] = select(0f, summary.log_total - below, target_column >= 0);
  }
}

@compute @workgroup_size(LANES)
fn cross_entropy_gradient(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let row = index_of(at);
  // A barrier must be met by all threads or none: these are the same for the whole workgroup.
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.columns;
  let target_column = targets[row];
  let summary = summary(start, lane);
  if (target_column < 0) {
    return;
  }
  for (var i = lane; i < shape.columns; i += LANES) {
    let p = exp(logits[start + i] - summary.largest - summary.log_total);
    out[start + i] += dy[row] * (p - select(0f, 1f, i == u32(target_column)));
  }
}

@compute @workgroup_size(LANES)
fn entropy(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let row = index_of(at);
  if (row >= shape.rows) {
    return;
  }
  let summary = summary(row * shape.columns, lane);
  if (lane == 0) {
    out[row] = summary.log_total - summary.mean;
  }
}

// -p (log p + entropy), where the row's log total cancels.
@compute @workgroup_size(LANES)
fn entropy_gradient(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let row = index_of(at);
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.columns;
  let summary = summary(start, lane);
  for (var i = lane; i < shape.columns; i += LANES) {
    let below = logits[start + i] - summary.largest;
    out[start + i] -= dy[row] * exp(below - summary.log_total) * (below - summary.mean);
  }
}
