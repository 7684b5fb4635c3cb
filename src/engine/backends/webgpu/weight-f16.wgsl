// A weight in half precision, two numbers to a word, the lower half first. WGSL lets a GPU take subnormal halves, those below 6.1e-5, as zeros.

@group(0) @binding(4) var<storage, read> weight: array<u32>;

fn weight_cells(i: u32) -> vec4f {
  return vec4f(unpack2x16float(weight[2 * i]), unpack2x16float(weight[2 * i + 1]));
}

fn weight_number(i: u32) -> f32 {
  return unpack2x16float(weight[i / 2])[i % 2];
}

fn scaled(sum: f32, channel: u32) -> f32 {
  return sum;
}
