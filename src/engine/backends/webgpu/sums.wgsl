// Sums over many numbers in two stages, so that their order, and the result, is the same on every run: first each thread or
// workgroup adds up its share, then a second run adds up those parts.

struct Shape {
  rows: u32,
  columns: u32,
  // Rows of one share.
  share: u32,
  accumulate: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;

// out[s, c] = Σ x[r, c] over the rows r of share s, one thread for each share and column.
@compute @workgroup_size(LOOP_THREADS)
fn columns(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = loop_thread_of(at, lane);
  let first = i / shape.columns * shape.share;
  if (first >= shape.rows) {
    return;
  }
  let column = i % shape.columns;
  var sum = select(0f, out[i], shape.accumulate != 0);
  for (var row = first; row < min(first + shape.share, shape.rows); row++) {
    sum += x[row * shape.columns + column];
  }
  out[i] = sum;
}

// out[s] = Σ x[i]² over every `share`-th number i from s on, one thread for each of `share` parts.
@compute @workgroup_size(LOOP_THREADS)
fn squares(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let first = loop_thread_of(at, lane);
  if (first >= shape.share) {
    return;
  }
  var sum = 0.0;
  for (var i = first; i < shape.rows; i += shape.share) {
    sum += x[i] * x[i];
  }
  out[first] = sum;
}
