// For a graphics card: a workgroup for each row, whose threads, its lanes, share the numbers of the row.

const LANES = 64u;
const ROW_THREADS = LANES;

fn row_of(at: Workgroup, thread: u32) -> u32 {
  return index_of(at);
}

fn lane_of(thread: u32) -> u32 {
  return thread;
}

var<workgroup> shared_values: array<f32, LANES>;

// The sum of the values of all lanes, in the same order for each of them.
fn sum_of(value: f32, lane: u32) -> f32 {
  shared_values[lane] = value;
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < LANES; i++) {
    sum += shared_values[i];
  }
  // The next values must not come before everybody has read these.
  workgroupBarrier();
  return sum;
}

fn largest_of(value: f32, lane: u32) -> f32 {
  shared_values[lane] = value;
  workgroupBarrier();
  var largest = value;
  for (var i = 0u; i < LANES; i++) {
    largest = max(largest, shared_values[i]);
  }
  workgroupBarrier();
  return largest;
}

// What a lane has written to a storage buffer is seen by the others.
fn share_storage() {
  storageBarrier();
}
