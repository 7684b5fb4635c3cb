import type { ModelShape } from "./sizes.ts";

/** A model whose paper says what it is made of. */
export interface Preset extends ModelShape {
  readonly name: string;
  /** How many parameters the paper says, and in how many digits it does. */
  readonly published: string;
  readonly paper: string;
}

const GPT = { kind: "gpt", vocabulary: 50_257, factor: 4, biases: true, tied: true } as const;
const BERT = { kind: "bert", vocabulary: 30_522, positions: 512, factor: 4, biases: true, tied: true } as const;
const GPT2 = { ...GPT, positions: 1024, paper: "OpenAI 的 gpt-2 代码库，各模型的 hparams.json" };
const GPT3 = { ...GPT, positions: 2048, paper: "Brown 等 2020，表 2.1" };
const DEVLIN = { ...BERT, paper: "Devlin 等 2019，第 3 节" };

/**
 * Rows of the papers' tables, as they stand there; of GPT-2 what OpenAI's repository says, since the paper's own numbers of parameters were counted
 * wrongly, as it says there. Two rows of GPT-3's table do not go together: 24 heads of 128 are no 2048, and 40 of 128 no 5140.
 */
export const PRESETS: readonly Preset[] = [
  { name: "GPT-2 small", ...GPT2, layers: 12, width: 768, heads: 12, published: "124M" },
  { name: "GPT-2 medium", ...GPT2, layers: 24, width: 1024, heads: 16, published: "355M" },
  { name: "GPT-2 large", ...GPT2, layers: 36, width: 1280, heads: 20, published: "774M" },
  { name: "GPT-2 XL", ...GPT2, layers: 48, width: 1600, heads: 25, published: "1558M" },
  { name: "BERT-base", ...DEVLIN, layers: 12, width: 768, heads: 12, published: "110M" },
  { name: "BERT-large", ...DEVLIN, layers: 24, width: 1024, heads: 16, published: "340M" },
  { name: "GPT-3 Small", ...GPT3, layers: 12, width: 768, heads: 12, published: "125M" },
  { name: "GPT-3 Medium", ...GPT3, layers: 24, width: 1024, heads: 16, published: "350M" },
  { name: "GPT-3 Large", ...GPT3, layers: 24, width: 1536, heads: 16, published: "760M" },
  { name: "GPT-3 XL", ...GPT3, layers: 24, width: 2048, heads: 24, published: "1.3B" },
  { name: "GPT-3 2.7B", ...GPT3, layers: 32, width: 2560, heads: 32, published: "2.7B" },
  { name: "GPT-3 6.7B", ...GPT3, layers: 32, width: 4096, heads: 32, published: "6.7B" },
  { name: "GPT-3 13B", ...GPT3, layers: 40, width: 5140, heads: 40, published: "13.0B" },
  { name: "GPT-3 175B", ...GPT3, layers: 96, width: 12_288, heads: 96, published: "175.0B" },
];

const UNITS = { M: 1e6, B: 1e9 } as const;

/** `1.3B` as a number. */
export function countOf(published: string): number {
  return Number(published.slice(0, -1)) * UNITS[published.slice(-1) as keyof typeof UNITS];
}
