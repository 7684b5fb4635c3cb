// One step of an optimiser, one thread for each number of a parameter.

struct Shape {
  length: u32,
  max_norm: f32,
  rate: f32, // AdamW: learning rate / (1 - beta1^step)
  decay: f32, // SGD: weight decay; AdamW: learning rate · weight decay
  beta1: f32, // SGD: momentum
  beta2: f32,
  rest1: f32, // 1 - beta1, which f32 would round
  rest2: f32,
  root_correction: f32, // sqrt(1 - beta2^step)
  epsilon: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> parameter: array<f32>;
// SGD
@group(0) @binding(2) var<storage, read_write> velocity: array<f32>;
@group(0) @binding(3) var<storage, read> sgd_gradient: array<f32>;
@group(0) @binding(4) var<storage, read> sgd_squares: array<f32>;
// AdamW
@group(0) @binding(2) var<storage, read_write> first_moment: array<f32>;
@group(0) @binding(3) var<storage, read_write> second_moment: array<f32>;
@group(0) @binding(4) var<storage, read> adamw_gradient: array<f32>;
@group(0) @binding(5) var<storage, read> adamw_squares: array<f32>;

// What scales the gradients down to `max_norm`, as torch.nn.utils.clip_grad_norm_ does.
fn clipping(squares: f32) -> f32 {
  return min(shape.max_norm / (sqrt(squares) + 1e-6), 1f);
}

@compute @workgroup_size(THREADS)
fn sgd(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i >= shape.length) {
    return;
  }
  let gradient = sgd_gradient[i] * clipping(sgd_squares[0]) + shape.decay * parameter[i];
  let speed = shape.beta1 * velocity[i] + gradient;
  velocity[i] = speed;
  parameter[i] -= shape.rate * speed;
}

@compute @workgroup_size(THREADS)
fn adamw(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i >= shape.length) {
    return;
  }
  let gradient = adamw_gradient[i] * clipping(adamw_squares[0]);
  let first = shape.beta1 * first_moment[i] + shape.rest1 * gradient;
  let second = shape.beta2 * second_moment[i] + shape.rest2 * gradient * gradient;
  first_moment[i] = first;
  second_moment[i] = second;
  let kept = parameter[i] * (1 - shape.decay);
  parameter[i] = kept - shape.rate * first / (sqrt(second) / shape.root_correction + shape.epsilon);
}
