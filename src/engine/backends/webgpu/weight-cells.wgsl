// A weight of floats, in vectors of four.

@group(0) @binding(4) var<storage, read> weight: array<vec4f>;

fn weight_cells(i: u32) -> vec4f {
  return weight[i];
}

fn scaled(sum: f32, channel: u32) -> f32 {
  return sum;
}
