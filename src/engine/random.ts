/**
 * The one source of randomness of the project: seeded, so that the same seed gives the same run on every machine.
 * xoshiro128** 1.1 (Blackman & Vigna 2018), its state filled from the seed by splitmix32.
 */
export class Random {
  #state: Uint32Array;

  constructor(seed: number) {
    this.#state = new Uint32Array(4);
    let s = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      s = (s + 0x9e3779b9) >>> 0;
      let z = s;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.#state[i] = z ^ (z >>> 15);
    }
  }

  /** Uniform in 0 … 2³²−1. */
  uint32(): number {
    const [a, b, c, d] = this.#state as unknown as [number, number, number, number];
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const s = this.#state;
    const shifted = b << 9;
    const c2 = c ^ a;
    const d2 = d ^ b;
    s[1] = b ^ c2;
    s[0] = a ^ d2;
    s[2] = c2 ^ shifted;
    s[3] = (d2 << 11) | (d2 >>> 21);
    return result;
  }

  /** Uniform in [0, 1), with 32 bits. */
  uniform(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** Normally distributed, mean 0 and variance 1 (Box & Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A new, independent stream: one for each sequence, so that cancelling one changes no other. */
  fork(): Random {
    return new Random(this.uint32());
  }
}

/** The items in another order, every order equally likely (Fisher & Yates 1938; Durstenfeld 1964). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
