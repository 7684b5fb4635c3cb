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
  // 1 where the pattern holds beforehand what is added to the scores.
  biased: u32,
  scale: f32,
  query_cells: u32,
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

  let query = token * shape.query_cells + head * shape.head_cells;
  var largest = LOWEST;
  for (var i = lane; i < span; i += 4 * LANES) {
    // Four keys share what is loaded of the query; past the end, the last one is repeated, but its score is stored by its own lane only.
    let at = min(vec4u(i, i + LANES, i + 2 * LANES, i + 3 * LANES), vec4u(span - 1));
    let slots = vec4i(paths[path + at.x], paths[path + at.y], paths[path + at.z], paths[path + at.w]);
    let key = (vec4u(slots) * shape.heads + head) * shape.head_cells;
    var scores = vec4f();
    for (var c = 0u; c < shape.head_cells; c++) {
      let cell = qkv[query + c];
      scores += vec4f(
        dot_cells(cell, keys[key.x + c]),
        dot_cells(cell, keys[key.y + c]),
        dot_cells(cell, keys[key.z + c]),
        dot_cells(cell, keys[key.w + c]),
      );
    }
    scores *= shape.scale;
    if (shape.biased != 0) {
      // Past the end, the lane of the last key may have stored its score already: there is nothing to add to.
      let bias = vec4f(pattern[row + at.x], pattern[row + at.y], pattern[row + at.z], pattern[row + at.w]);
      let keys_here = vec4u(i, i + LANES, i + 2 * LANES, i + 3 * LANES) < vec4u(span);
      scores = select(vec4f(LOWEST), scores + bias, keys_here);
    }
    pattern[row + i] = scores.x;
    if (i + LANES < span) {
      pattern[row + at.y] = scores.y;
    }
    if (i + 2 * LANES < span) {
      pattern[row + at.z] = scores.z;
    }
    if (i + 3 * LANES < span) {
      pattern[row + at.w] = scores.w;
    }
    largest = max(max(largest, max(scores.x, scores.y)), max(scores.z, scores.w));
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

  let width = shape.heads * shape.head_cells;
  let first = head * shape.head_cells;
  if (LANES > 1) {
    for (var c = lane; c < shape.head_cells; c += LANES) {
      let place = first + c;
      var mixed = Cell();
      for (var i = 0u; i < span; i++) {
        mixed += pattern[row + i] * values[u32(paths[path + i]) * width + place];
      }
      out[token * width + place] = mixed;
    }
    return;
  }
  // Who is alone takes two cells at a time: they share what is loaded of the pattern.
  for (var c = 0u; c < shape.head_cells; c += 2) {
    let place = first + min(c + vec2u(0, 1), vec2u(shape.head_cells - 1));
    var mixed0 = Cell();
    var mixed1 = Cell();
    for (var i = 0u; i < span; i++) {
      let weight = pattern[row + i];
      let at = u32(paths[path + i]) * width + place;
      mixed0 += weight * values[at.x];
      mixed1 += weight * values[at.y];
    }
    let to = token * width + place;
    out[to.x] = mixed0;
    out[to.y] = mixed1;
  }
}
