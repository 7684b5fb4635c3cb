// Layer normalisation over each row (Ba et al. 2016): one workgroup for each row, two passes (mean, then squared deviations),
// because the one-pass formula E[x²] - E[x]² loses all digits when the mean is large.

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

// Threads of a workgroup, at most 32.
override LANES: u32 = 32;

// Two arrays, so that the second sum need not wait until everybody has read the first.
var<workgroup> sums: array<f32, 32>;
var<workgroup> squares: array<f32, 32>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) grid: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.y * grid.x + group.x;
  if (row >= shape.rows) {
    return;
  }
  let start = row * shape.width;

  var sum = 0.0;
  for (var i = lane; i < shape.width; i += LANES) {
    sum += x[start + i];
  }
  sums[lane] = sum;
  workgroupBarrier();
  var mean = 0.0;
  for (var i = 0u; i < LANES; i++) {
    mean += sums[i];
  }
  mean /= f32(shape.width);

  var square = 0.0;
  for (var i = lane; i < shape.width; i += LANES) {
    let deviation = x[start + i] - mean;
    square += deviation * deviation;
  }
  squares[lane] = square;
  workgroupBarrier();
  var variance = 0.0;
  for (var i = 0u; i < LANES; i++) {
    variance += squares[i];
  }
  variance /= f32(shape.width);

  let scale = inverseSqrt(variance + shape.epsilon);
  for (var i = lane; i < shape.width; i += LANES) {
    out[start + i] = (x[start + i] - mean) * scale * gain[i] + bias[i];
  }
}
