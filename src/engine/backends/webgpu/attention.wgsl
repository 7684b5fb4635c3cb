// Scaled dot-product attention (Vaswani et al. 2017) through paths of the KV cache: one workgroup for each token and head.
//
// `Cell` is vec4f where a head is a multiple of 4 wide, otherwise f32; `dot_cells` multiplies two of them (see cells-*.wgsl).
// Scores live in `pattern`, which is an output anyway, so that no workgroup memory limits the length of a path.

struct Shape {
  tokens: u32,
  heads: u32,
  head_width: u32,
  head_cells: u32,
  path_stride: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read_write> pattern: array<f32>;
@group(0) @binding(3) var<storage, read> qkv: array<Cell>;
@group(0) @binding(4) var<storage, read> keys: array<Cell>;
@group(0) @binding(5) var<storage, read> values: array<f32>;
@group(0) @binding(6) var<storage, read> paths: array<i32>;
@group(0) @binding(7) var<storage, read> spans: array<i32>;

// Threads of a workgroup, at most 64.
override LANES: u32 = 64;
const LOWEST = -3.4e38f;

// Largest score that each lane saw, and its sum of exp(score - largest).
var<workgroup> largest: array<f32, 64>;
var<workgroup> sums: array<f32, 64>;

@compute @workgroup_size(LANES)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let index = index_of(at);
  if (index >= shape.tokens * shape.heads) {
    return;
  }
  let token = index / shape.heads;
  let head = index % shape.heads;
  let span = u32(spans[token]);
  let path = token * shape.path_stride;
  let row = index * shape.path_stride;

  // Scores of the lane's own keys, with a running softmax sum (Milakov & Gimelshein 2018): one barrier does for maximum and sum.
  let query = token * 3 * shape.heads * shape.head_cells + head * shape.head_cells;
  var top = LOWEST;
  var sum = 0.0;
  for (var i = lane; i < span; i += LANES) {
    let key = (u32(paths[path + i]) * shape.heads + head) * shape.head_cells;
    var score = 0.0;
    for (var c = 0u; c < shape.head_cells; c++) {
      score += dot_cells(qkv[query + c], keys[key + c]);
    }
    score *= shape.scale;
    pattern[row + i] = score;
    let higher = max(top, score);
    sum = sum * exp(top - higher) + exp(score - higher);
    top = higher;
  }
  largest[lane] = top;
  sums[lane] = sum;
  workgroupBarrier();

  // Lanes without a key hold (LOWEST, 0) and add nothing.
  let lanes = min(span, LANES);
  var maximum = LOWEST;
  for (var i = 0u; i < lanes; i++) {
    maximum = max(maximum, largest[i]);
  }
  var total = 0.0;
  for (var i = 0u; i < lanes; i++) {
    total += sums[i] * exp(largest[i] - maximum);
  }
  for (var i = lane; i < span; i += LANES) {
    pattern[row + i] = exp(pattern[row + i] - maximum) / total;
  }
  storageBarrier();

  for (var column = lane; column < shape.head_width; column += LANES) {
    let place = head * shape.head_width + column;
    var mixed = 0.0;
    for (var i = 0u; i < span; i++) {
      mixed += pattern[row + i] * values[u32(paths[path + i]) * shape.heads * shape.head_width + place];
    }
    out[token * shape.heads * shape.head_width + place] = mixed;
  }
}
