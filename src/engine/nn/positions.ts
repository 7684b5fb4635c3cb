/**
 * Sinusoidal positions (Vaswani et al. 2017): pair i of a vector turns with wavelength 2π · 10000^(2i/width). Sines stand in the first
 * half of a vector and cosines in the second, as in transformers' Marian; the paper interleaves them.
 *
 * @param width even
 * @returns [batch × length × width], the same for every sequence
 */
export function sinusoidalPositions(batch: number, length: number, width: number): Float32Array {
  const half = width / 2;
  return Float32Array.from({ length: batch * length * width }, (_, i) => {
    const column = i % width;
    const position = Math.floor(i / width) % length;
    const angle = position / 10_000 ** ((2 * (column % half)) / width);
    return column < half ? Math.sin(angle) : Math.cos(angle);
  });
}
