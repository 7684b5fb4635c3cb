// A weight of floats, one by one.

@group(0) @binding(4) var<storage, read> weight: array<f32>;

fn weight_number(i: u32) -> f32 {
  return weight[i];
}

fn scaled(sum: f32, channel: u32) -> f32 {
  return sum;
}
