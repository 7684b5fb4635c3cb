// A weight of 8-bit integers, four to a word, the lowest byte first, with a scale for each channel.

@group(0) @binding(4) var<storage, read> weight: array<i32>;
@group(0) @binding(5) var<storage, read> scales: array<f32>;

fn weight_cells(i: u32) -> vec4f {
  // Shifts, because a software adapter takes twice as long for `extractBits`.
  return vec4f((vec4i(weight[i]) << vec4u(24, 16, 8, 0)) >> vec4u(24));
}

fn weight_number(i: u32) -> f32 {
  return f32(extractBits(weight[i / 4], i % 4 * 8, 8));
}

fn scaled(sum: f32, channel: u32) -> f32 {
  return sum * scales[channel];
}
