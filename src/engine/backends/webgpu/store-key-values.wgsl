// keys[slots[t], :] and values[slots[t], :] = the k and v parts of qkv[t, :] = [q | k | v], one thread for each pair of numbers.

struct Shape {
  tokens: u32,
  width: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> keys: array<f32>;
@group(0) @binding(2) var<storage, read_write> values: array<f32>;
@group(0) @binding(3) var<storage, read> qkv: array<f32>;
@group(0) @binding(4) var<storage, read> slots: array<i32>;

@compute @workgroup_size(THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = thread_of(at, lane);
  if (i >= shape.tokens * shape.width) {
    return;
  }
  let token = i / shape.width;
  let column = i % shape.width;
  let source = token * 3 * shape.width + column;
  let place = u32(slots[token]) * shape.width + column;
  keys[place] = qkv[source + shape.width];
  values[place] = qkv[source + 2 * shape.width];
}
