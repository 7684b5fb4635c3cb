import type { Backend } from "../../backends/backend.ts";
import { Bert } from "../../models/bert.ts";
import { Gpt2 } from "../../models/gpt2.ts";
import { Gpt2ActorCritic } from "../../models/gpt2-actor-critic.ts";
import { Tokenizer } from "../../models/tokenizer.ts";
import { newWeights, type WeightSource } from "../../nn/weights.ts";
import { Random } from "../../random.ts";
import type { RlhfParts } from "../rlhf.ts";
import type { Judge } from "../rlhf-rewards.ts";
import { TextReader } from "../text-features.ts";

/** Characters that the tiny models know; a review of random ones has each of them as often as any other. */
const CHARACTERS = [..."，。！酒店外卖房间送餐好坏大小高低快慢新旧冷热早晚干净脏乱吵静贵宜"];

const vocabulary = (special: readonly string[]): string[] => [...special, ...CHARACTERS];

function tokenizerOf(special: readonly string[], rest: object): Tokenizer {
  const vocab = Object.fromEntries(vocabulary(special).map((token, id) => [token, id]));
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return new Tokenizer({
    added_tokens: special.map((content, id) => ({ id, content, ...flags })),
    normalizer: null,
    post_processor: null,
    ...rest,
    model: { type: "WordLevel", unk_token: "[UNK]", vocab },
  });
}

const SPLIT = {
  pre_tokenizer: { type: "Split", pattern: { Regex: "[\\s\\S]" }, behavior: "Isolated", invert: false },
  decoder: { type: "Fuse" },
};

/** Random weights, with embeddings as large as those of a trained model: as the head, they are what makes one token likelier than another. */
function weightsOf(seed: number): WeightSource {
  const drawn = newWeights(new Random(seed));
  return (name, shape, initialize) => {
    const large: typeof initialize = (random, length) => initialize(random, length).map((weight) => 5 * weight);
    return drawn(name, shape, name.endsWith("wte.weight") ? large : initialize);
  };
}

/** A review writer with random weights, policy and reference alike, in the format of gpt-review. */
export function tinyWriter(backend: Backend, judge: Judge | null, { seed = 1, blocks = 2 } = {}): RlhfParts {
  const special = ["[END]", "[UNK]", "[问]", "[答]", "[评]", "[文]"];
  const config = {
    architecture: "gpt2",
    vocabularySize: vocabulary(special).length,
    contextLength: 40,
    width: 32,
    innerWidth: 64,
    layers: 2,
    heads: 2,
    epsilon: 1e-5,
    tiedHead: true,
    endId: 0,
  } as const;
  return {
    policy: new Gpt2ActorCritic(backend, config, weightsOf(seed), blocks),
    reference: new Gpt2(backend, config, weightsOf(seed)),
    tokenizer: tokenizerOf(special, SPLIT),
    judge,
  };
}

/** A BERT with random weights, for features. */
export function tinyReader(backend: Backend, seed = 1): TextReader {
  const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];
  const config = {
    architecture: "bert",
    vocabularySize: vocabulary(special).length,
    contextLength: 24,
    segments: 2,
    width: 16,
    innerWidth: 32,
    layers: 1,
    heads: 2,
    activation: "gelu",
    epsilon: 1e-12,
    tiedHead: true,
    classNames: [],
  } as const;
  const heads = { pooler: false, maskedLm: false, nextSentence: false, classes: 0 };
  const marked = {
    type: "TemplateProcessing",
    single: [
      { SpecialToken: { id: "[CLS]", type_id: 0 } },
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "[SEP]", type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      "[CLS]": { id: "[CLS]", ids: [2], tokens: ["[CLS]"] },
      "[SEP]": { id: "[SEP]", ids: [3], tokens: ["[SEP]"] },
    },
  };
  const model = Bert.create(backend, config, heads, new Random(seed));
  return new TextReader(model, tokenizerOf(special, { ...SPLIT, post_processor: marked }));
}

/** The share of a text's characters that are among these: a reward that nobody has to train. */
export function shareOf(wanted: string): Judge {
  const set = new Set(wanted);
  return {
    judge: async (texts) =>
      texts.map((text) => [...text].filter((character) => set.has(character)).length / Math.max(1, [...text].length)),
    dispose() {},
  };
}
