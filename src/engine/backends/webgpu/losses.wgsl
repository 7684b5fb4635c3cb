// Cross-entropy and entropy of softmax(logits[r, :]), in nats, and their gradients. One of rows-*.wgsl says how threads go about a row.

struct Shape {
  rows: u32,
  columns: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> logits: array<f32>;
// Where they are wanted; an operation without targets binds something else, and never looks at it.
@group(0) @binding(3) var<storage, read> targets: array<i32>;
@group(0) @binding(4) var<storage, read> dy: array<f32>;

// Everything is relative to the largest logit: a loss of 0.5 has no digits to lose to logits of a thousand.
struct Summary {
  largest: f32,
  // log Σ exp(logit - largest)
  log_total: f32,
  // Σ p · (logit - largest)
  mean: f32,
}

fn summary_of(row: u32, lane: u32) -> Summary {
  let start = row * shape.columns;
  let end = start + shape.columns;
  var largest = LOWEST;
  for (var i = start + lane; i < end; i += LANES) {
    largest = max(largest, logits[i]);
  }
  largest = largest_of(largest, lane);
  var total = 0.0;
  var weighted = 0.0;
  for (var i = start + lane; i < end; i += LANES) {
    let below = logits[i] - largest;
    let part = exp(below);
    total += part;
    weighted += part * below;
  }
  total = sum_of(total, lane);
  weighted = sum_of(weighted, lane);
  return Summary(largest, log(total), weighted / total);
}

@compute @workgroup_size(ROW_THREADS)
fn cross_entropy(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let wanted = targets[row];
  let summary = summary_of(row, lane);
  if (lane == 0) {
    let below = logits[row * shape.columns + u32(max(wanted, 0))] - summary.largest;
    out[row] = select(0f, summary.log_total - below, wanted >= 0);
  }
}

@compute @workgroup_size(ROW_THREADS)
fn cross_entropy_gradient(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let start = row * shape.columns;
  let wanted = targets[row];
  let summary = summary_of(row, lane);
  if (wanted < 0) {
    return;
  }
  for (var i = lane; i < shape.columns; i += LANES) {
    let p = exp(logits[start + i] - summary.largest - summary.log_total);
    out[start + i] += dy[row] * (p - select(0f, 1f, i == u32(wanted)));
  }
}

@compute @workgroup_size(ROW_THREADS)
fn entropy(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let summary = summary_of(row, lane);
  if (lane == 0) {
    out[row] = summary.log_total - summary.mean;
  }
}

// -p (log p + entropy), where the row's log total cancels.
@compute @workgroup_size(ROW_THREADS)
fn entropy_gradient(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let summary = summary_of(row, lane);
  let start = row * shape.columns;
  for (var i = start + lane; i < start + shape.columns; i += LANES) {
    let below = logits[i] - summary.largest;
    out[i] -= dy[row] * exp(below - summary.log_total) * (below - summary.mean);
  }
}
