// Layer normalisation over each row (Ba et al. 2016) and its gradient. One of rows-*.wgsl says how threads go about a row.

struct Shape {
  rows: u32,
  width: u32,
  epsilon: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> x: array<f32>;
@group(0) @binding(4) var<storage, read> gain: array<f32>;
// In the gradient, where `out` is dx.
@group(0) @binding(2) var<storage, read_write> dgains: array<f32>;
@group(0) @binding(5) var<storage, read> dy: array<f32>;

struct Moments {
  mean: f32,
  // 1 / standard deviation
  scale: f32,
}

// In two passes, because the one-pass formula E[x²] - E[x]² loses all digits when the mean is large; the second pass also corrects what
// the mean lost to rounding (Chan et al. 1983).
fn moments_of(start: u32, lane: u32) -> Moments {
  let width = f32(shape.width);
  let end = start + shape.width;
  var sum = 0.0;
  for (var i = start + lane; i < end; i += LANES) {
    sum += x[i];
  }
  let mean = sum_of(sum, lane) / width;
  var rest = 0.0;
  var squares = 0.0;
  for (var i = start + lane; i < end; i += LANES) {
    let deviation = x[i] - mean;
    rest += deviation;
    squares += deviation * deviation;
  }
  rest = sum_of(rest, lane) / width;
  let variance = sum_of(squares, lane) / width - rest * rest;
  return Moments(mean + rest, inverseSqrt(variance + shape.epsilon));
}

@compute @workgroup_size(ROW_THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let start = row * shape.width;
  let moments = moments_of(start, lane);
  for (var i = lane; i < shape.width; i += LANES) {
    out[start + i] = (x[start + i] - moments.mean) * moments.scale * gain[i] + bias[i];
  }
}

// dx, and the summands dy · normalised x of the gain's gradient.
@compute @workgroup_size(ROW_THREADS)
fn gradient(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let start = row * shape.width;
  let moments = moments_of(start, lane);

  // What flows back into the normalised x: its mean, and its mean product with the normalised x.
  var flow = 0.0;
  var product = 0.0;
  for (var i = lane; i < shape.width; i += LANES) {
    let dgain = dy[start + i] * (x[start + i] - moments.mean) * moments.scale;
    dgains[start + i] = dgain;
    flow += gain[i] * dy[start + i];
    product += gain[i] * dgain;
  }
  flow = sum_of(flow, lane) / f32(shape.width);
  product = sum_of(product, lane) / f32(shape.width);
  for (var i = lane; i < shape.width; i += LANES) {
    let normal = (x[start + i] - moments.mean) * moments.scale;
    out[start + i] += moments.scale * (gain[i] * dy[start + i] - flow - normal * product);
  }
}
