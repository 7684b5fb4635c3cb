/** What was read: a loop that has no result is none. */
const TOUCHED = memory.data(4, 4);

/**
 * Reads a number of each cache line. Loops over several rows at once wait for memory at every turn, as no processor foresees their order; this one
 * does not, and leaves the first-level cache to them. Where weights come from memory, decoding takes a third of the time.
 */
export function touch(from: usize, bytes: usize): void {
  let all = 0;
  for (const end = from + bytes; from < end; from += 64) all |= load<i32>(from);
  store<i32>(TOUCHED, all);
}
