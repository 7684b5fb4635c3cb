// Every kernel begins with this.

struct Workgroup {
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) grid: vec3u,
}

// A grid is folded into rows where it is longer than one axis may be.
fn index_of(at: Workgroup) -> u32 {
  return at.id.y * at.grid.x + at.id.x;
}

// Less than any score or logit, and finite: WGSL promises nothing about infinities.
const LOWEST = -3.4e38f;

// Threads of a workgroup where each computes one number and little more: few workgroups, since each costs something.
const THREADS = 256u;

fn thread_of(at: Workgroup, lane: u32) -> u32 {
  return index_of(at) * THREADS + lane;
}

// Threads of a workgroup where each has a long loop to run: many workgroups, which spread better.
const LOOP_THREADS = 64u;

fn loop_thread_of(at: Workgroup, lane: u32) -> u32 {
  return index_of(at) * LOOP_THREADS + lane;
}
