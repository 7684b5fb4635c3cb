export interface WeightOptions {
  /** Which weights are trained, by name: they get gradients, which take as much memory again. None where it is left out. */
  readonly trainable?: (name: string) => boolean;
}

export interface CheckpointOptions extends WeightOptions {
  /**
   * Whether 8-bit weights stay what they are: a quarter of the memory, and faster to decode with, but no gradient flows through them. Where it
   * is left out: if nothing is trained.
   */
  readonly int8?: boolean;
}
