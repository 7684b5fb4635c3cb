// Layer normalisation over each row (Ba et al. 2016) and its gradient: one workgroup for each row, two passes (mean, then squared
// deviations), because the one-pass formula E[x²] - E[x]² loses all digits when the mean is large.

struct Shape {
  rows: u32,
  width: u32,
  epsilon: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> gain: array<f32>;
@group(0) @binding(4) var<storage, read> bias: array<f32>;
// In the gradient.
@group(0) @binding(1) var<storage, read_write> dx: array<f32>;
@group(0) @binding(2) var<storage, read_write> dgains: array<f32>;
@group(0) @binding(3) var<storage, read> inputs: array<f32>;
@group(0) @binding(4) var<storage, read> gains: array<f32>;
@group(0) @binding(5) var<storage, read> dy: array<f32>;

// Threads of a workgroup, at most 32.
override LANES: u32 = 32;

// One array for each sum, so that none need wait until everybody has read the one before.
var<workgroup> sums: array<f32, 32>;
var<workgroup> squares: array<f32, 32>;
var<workgroup> flows: array<vec2f, 32>;

@compute @workgroup_size(LANES)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let row = index_of(at);
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.width;

  var sum = 0.0;
  for (var i = lane; i < shape.width; i += LANES) {
    sum += x[start + i];
  }
  let mean = mean_of(sum, lane);
  var square = 0.0;
  for (var i = lane; i < shape.width; i += LANES) {
    let deviation = x[start + i] - mean;
    square += deviation * deviation;
  }
  let scale = scale_of(square, lane);
  for (var i = lane; i < shape.width; i += LANES) {
    out[start + i] = (x[start + i] - mean) * scale * gain[i] + bias[i];
  }
}

// dx, and the summands dy · normalised x of the gain's gradient.
@compute @workgroup_size(LANES)
fn gradient(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let row = index_of(at);
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.width;

  var sum = 0.0;
  for (var i = lane; i < shape.width; i += LANES) {
    sum += inputs[start + i];
  }
  let mean = mean_of(sum, lane);
  var square = 0.0;
  for (var i = lane; i < shape.width; i += LANES) {
    let deviation = inputs[start + i] - mean;
    square += deviation * deviation;
  }
  let scale = scale_of(square, lane);

  // What flows back into the normalised x: its mean, and its mean product with the normalised x.
  var flow = vec2f();
  for (var i = lane; i < shape.width; i += LANES) {
    let normal = (inputs[start + i] - mean) * scale;
    let dgain = dy[start + i] * normal;
    dgains[start + i] = dgain;
    flow += gains[i] * vec2f(dy[start + i], dgain);
  }
  flows[lane] = flow;
  workgroupBarrier();
  flow = vec2f();
  for (var i = 0u; i < LANES; i++) {
    flow += flows[i];
  }
  flow /= f32(shape.width);
  for (var i = lane; i < shape.width; i += LANES) {
    let normal = (inputs[start + i] - mean) * scale;
    dx[start + i] += scale * (gains[i] * dy[start + i] - flow.x - normal * flow.y);
  }
}

fn mean_of(sum: f32, lane: u32) -> f32 {
  sums[lane] = sum;
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < LANES; i++) {
    total += sums[i];
  }
  return total / f32(shape.width);
}

// 1 / standard deviation
fn scale_of(square: f32, lane: u32) -> f32 {
  squares[lane] = square;
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < LANES; i++) {
    total += squares[i];
  }
  return inverseSqrt(total / f32(shape.width) + shape.epsilon);
}
