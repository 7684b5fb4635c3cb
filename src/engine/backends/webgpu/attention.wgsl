// Scaled dot-product attention (Vaswani et al. 2017) through paths of the KV cache. A row of the pattern belongs to a token and a head; one of
// rows-*.wgsl says how threads go about it.
//
// `Cell` is vec4f where a head is a multiple of 4 wide, otherwise f32; `dot_cells` multiplies two of them (see cells-*.wgsl).
// Scores live in `pattern`, which is an output anyway, so that no workgroup memory limits the length of a path.

struct Shape {
  tokens: u32,
  heads: u32,
  head_cells: u32,
  path_stride: u32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<Cell>;
@group(0) @binding(2) var<storage, read_write> pattern: array<f32>;
@group(0) @binding(3) var<storage, read> qkv: array<Cell>;
@group(0) @binding(4) var<storage, read> keys: array<Cell>;
@group(0) @binding(5) var<storage, read> values: array<Cell>;
@group(0) @binding(6) var<storage, read> paths: array<i32>;
@group(0) @binding(7) var<storage, read> spans: array<i32>;

@compute @workgroup_size(ROW_THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let index = row_of(at, thread);
  if (index >= shape.tokens * shape.heads) {
    return;
  }
  let lane = lane_of(thread);
  let token = index / shape.heads;
  let head = index % shape.heads;
  let span = u32(spans[token]);
  let path = token * shape.path_stride;
  let row = index * shape.path_stride;

  let query = (3 * token * shape.heads + head) * shape.head_cells;
  var largest = LOWEST;
  for (var i = lane; i < span; i += LANES) {
    let key = (u32(paths[path + i]) * shape.heads + head) * shape.head_cells;
    var score = 0.0;
    for (var c = 0u; c < shape.head_cells; c++) {
      score += dot_cells(qkv[query + c], keys[key + c]);
    }
    score *= shape.scale;
    pattern[row + i] = score;
    largest = max(largest, score);
  }
  largest = largest_of(largest, lane);
  var sum = 0.0;
  for (var i = lane; i < span; i += LANES) {
    let weight = exp(pattern[row + i] - largest);
    pattern[row + i] = weight;
    sum += weight;
  }
  sum = sum_of(sum, lane);
  for (var i = lane; i < span; i += LANES) {
    pattern[row + i] /= sum;
  }
  share_storage();

  for (var c = lane; c < shape.head_cells; c += LANES) {
    let place = head * shape.head_cells + c;
    var mixed = Cell();
    for (var i = 0u; i < span; i++) {
      mixed += pattern[row + i] * values[u32(paths[path + i]) * shape.heads * shape.head_cells + place];
    }
    out[token * shape.heads * shape.head_cells + place] = mixed;
  }
}
