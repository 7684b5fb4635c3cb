/** Shorter, and the submissions themselves flood Firefox's channel to its GPU process. */
const NUDGE_MS = 4;

/**
 * Maps the first `bytes` bytes of a staging buffer for reading.
 *
 * Firefox looks for finished work on a 100 ms timer and at every submission (https://bugzilla.mozilla.org/show_bug.cgi?id=1870699), so
 * there we submit nothing again and again until the map is done; found by the authors of jax-js.
 */
export async function mapForReading(device: GPUDevice, staging: GPUBuffer, bytes: number): Promise<void> {
  const mapped = staging.mapAsync(GPUMapMode.READ, 0, bytes);
  if (!navigator.userAgent.includes("Firefox")) return mapped;
  const nudge = setInterval(() => device.queue.submit([device.createCommandEncoder().finish()]), NUDGE_MS);
  try {
    await mapped;
  } finally {
    clearInterval(nudge);
  }
}
