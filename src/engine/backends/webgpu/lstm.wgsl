// One step of an LSTM (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000) and its gradient, one thread for each cell.
// gates [rows × 4·width] = [input | forget | cell | output], before their functions.

struct Shape {
  rows: u32,
  width: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> hidden: array<f32>;
@group(0) @binding(2) var<storage, read_write> cell: array<f32>;
@group(0) @binding(1) var<storage, read_write> dgates: array<f32>;
@group(0) @binding(2) var<storage, read_write> dprevious: array<f32>;
@group(0) @binding(3) var<storage, read> gates: array<f32>;
@group(0) @binding(4) var<storage, read> previous: array<f32>;
@group(0) @binding(5) var<storage, read> dhidden: array<f32>;
@group(0) @binding(6) var<storage, read> dcell: array<f32>;

fn sigmoid(u: f32) -> f32 {
  return 1 / (1 + exp(min(-u, 80f)));
}

// No built-in tanh: it returns NaN for large arguments on some drivers.
fn hyperbolic_tangent(u: f32) -> f32 {
  return 2 * sigmoid(2 * u) - 1;
}

@compute @workgroup_size(THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i >= shape.rows * shape.width) {
    return;
  }
  let gate = i / shape.width * 4 * shape.width + i % shape.width;
  let input = sigmoid(gates[gate]);
  let forget = sigmoid(gates[gate + shape.width]);
  let candidate = hyperbolic_tangent(gates[gate + 2 * shape.width]);
  let output = sigmoid(gates[gate + 3 * shape.width]);
  let state = forget * previous[i] + input * candidate;
  cell[i] = state;
  hidden[i] = output * hyperbolic_tangent(state);
}

@compute @workgroup_size(THREADS)
fn gradient(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i >= shape.rows * shape.width) {
    return;
  }
  let gate = i / shape.width * 4 * shape.width + i % shape.width;
  let input = sigmoid(gates[gate]);
  let forget = sigmoid(gates[gate + shape.width]);
  let candidate = hyperbolic_tangent(gates[gate + 2 * shape.width]);
  let output = sigmoid(gates[gate + 3 * shape.width]);
  let squashed = hyperbolic_tangent(forget * previous[i] + input * candidate);
  let dstate = dcell[i] + dhidden[i] * output * (1 - squashed * squashed);
  dgates[gate] += dstate * candidate * input * (1 - input);
  dgates[gate + shape.width] += dstate * previous[i] * forget * (1 - forget);
  dgates[gate + 2 * shape.width] += dstate * input * (1 - candidate * candidate);
  dgates[gate + 3 * shape.width] += dhidden[i] * squashed * output * (1 - output);
  dprevious[i] += dstate * forget;
}
