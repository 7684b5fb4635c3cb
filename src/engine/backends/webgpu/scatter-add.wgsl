// table[targets[g], :] += Σ x[order[j], :] over the rows j of group g, one thread for each group and column. A row of the table is the
// target of at most one group, so no two threads meet.

struct Shape {
  groups: u32,
  width: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> table: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> order: array<i32>;
@group(0) @binding(4) var<storage, read> starts: array<i32>;
@group(0) @binding(5) var<storage, read> targets: array<i32>;

@compute @workgroup_size(LOOP_THREADS)
fn main(at: Workgroup, @builtin(local_invocation_index) lane: u32) {
  let i = loop_thread_of(at, lane);
  if (i >= shape.groups * shape.width) {
    return;
  }
  let group = i / shape.width;
  let column = i % shape.width;
  var sum = 0.0;
  for (var j = starts[group]; j < starts[group + 1]; j++) {
    sum += x[u32(order[j]) * shape.width + column];
  }
  table[u32(targets[group]) * shape.width + column] += sum;
}
