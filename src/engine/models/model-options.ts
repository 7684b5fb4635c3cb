export interface WeightOptions {
  /** Which weights are trained, by name: they get gradients, which take as much memory again. None where it is left out. */
  readonly trainable?: (name: string) => boolean;
}

export interface CheckpointOptions extends WeightOptions {
  /**
   * Whether F16 and 8-bit weights stay what they are: half or a quarter of the memory, and faster to decode with, but they cannot be trained, and
   * no gradient flows through 8-bit ones. Where it is left out: if nothing is trained.
   */
  readonly packed?: boolean;
}
