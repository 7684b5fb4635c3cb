// Layer normalisation over each row (Ba et al. 2016) and its gradient; not centred, it is RMS norm (Zhang & Sennrich 2019), without a bias. One of rows-*.wgsl says how threads go about a row.
//
// `Cell` is vec4f where rows are a multiple of 4 wide, otherwise f32 (see cells-*.wgsl).

struct Shape {
  rows: u32,
  // Of a row.
  cells: u32,
  epsilon: f32,
  centred: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<Cell>;
@group(0) @binding(2) var<storage, read> bias: array<Cell>;
@group(0) @binding(3) var<storage, read> x: array<Cell>;
@group(0) @binding(4) var<storage, read> gain: array<Cell>;
// In the gradient, where `out` is dx.
@group(0) @binding(2) var<storage, read_write> dgains: array<Cell>;
@group(0) @binding(5) var<storage, read> dy: array<Cell>;

struct Moments {
  mean: f32,
  // 1 / standard deviation
  scale: f32,
}

// Over a row, from each lane's sum of cells.
fn mean_of(sum: Cell, lane: u32) -> f32 {
  return sum_of(dot_cells(sum, Cell(1)), lane) / f32(shape.cells * CELL_WIDTH);
}

// In two passes, because the one-pass formula E[x²] - E[x]² loses all digits when the mean is large; the second pass also corrects what
// the mean lost to rounding (Chan et al. 1983).
fn moments_of(start: u32, lane: u32) -> Moments {
  let end = start + shape.cells;
  if (shape.centred == 0) {
    var squares = Cell();
    for (var i = start + lane; i < end; i += LANES) {
      squares += x[i] * x[i];
    }
    return Moments(0, inverseSqrt(mean_of(squares, lane) + shape.epsilon));
  }
  var sum = Cell();
  for (var i = start + lane; i < end; i += LANES) {
    sum += x[i];
  }
  let mean = mean_of(sum, lane);
  var sums = Cell();
  var squares = Cell();
  for (var i = start + lane; i < end; i += LANES) {
    let deviation = x[i] - mean;
    sums += deviation;
    squares += deviation * deviation;
  }
  let rest = mean_of(sums, lane);
  let variance = mean_of(squares, lane) - rest * rest;
  return Moments(mean + rest, inverseSqrt(variance + shape.epsilon));
}

@compute @workgroup_size(ROW_THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(at, thread);
  if (row >= shape.rows) {
    return;
  }
  let lane = lane_of(thread);
  let start = row * shape.cells;
  let moments = moments_of(start, lane);
  for (var i = lane; i < shape.cells; i += LANES) {
    let scaled = (x[start + i] - moments.mean) * moments.scale * gain[i];
    out[start + i] = scaled + select(Cell(), bias[i], shape.centred != 0);
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
  let start = row * shape.cells;
  let moments = moments_of(start, lane);

  // What flows back into the normalised x: its mean, and its mean product with the normalised x.
  var flows = Cell();
  var products = Cell();
  for (var i = lane; i < shape.cells; i += LANES) {
    let dgain = dy[start + i] * (x[start + i] - moments.mean) * moments.scale;
    dgains[start + i] = dgain;
    flows += gain[i] * dy[start + i];
    products += gain[i] * dgain;
  }
  let flow = select(0f, mean_of(flows, lane), shape.centred != 0);
  let product = mean_of(products, lane);
  for (var i = lane; i < shape.cells; i += LANES) {
    let normal = (x[start + i] - moments.mean) * moments.scale;
    out[start + i] += moments.scale * (gain[i] * dy[start + i] - flow - normal * product);
  }
}
