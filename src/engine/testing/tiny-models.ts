import type { Backend } from "../backends/backend.ts";
import type { RlhfParts } from "../experiments/rlhf.ts";
import type { Judge } from "../experiments/rlhf-rewards.ts";
import { TextReader } from "../experiments/text-features.ts";
import type { ParsedModel } from "../files/loader.ts";
import { parseSafetensors } from "../files/safetensors.ts";
import { saveParameters } from "../files/save.ts";
import { Tokenizer } from "../files/tokenizer.ts";
import { Bert } from "../models/bert.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { Gpt2ActorCritic } from "../models/gpt2-actor-critic.ts";
import { newWeights, type WeightSource } from "../nn/weights.ts";
import { Random } from "../random.ts";

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

const WRITER_MARKS = ["[END]", "[UNK]", "[问]", "[答]", "[评]", "[文]"];

const WRITER = {
  architecture: "gpt2",
  vocabularySize: vocabulary(WRITER_MARKS).length,
  contextLength: 40,
  width: 32,
  innerWidth: 64,
  layers: 2,
  heads: 2,
  activation: "geluTanh",
  epsilon: 1e-5,
  tiedHead: true,
  endIds: [0],
} as const;

/** A review writer with random weights, policy and reference alike, in the format of gpt-review. */
export function tinyWriter(backend: Backend, judge: Judge | null, { seed = 1, blocks = 2 } = {}): RlhfParts {
  return {
    policy: new Gpt2ActorCritic(backend, WRITER, weightsOf(seed), blocks),
    reference: new Gpt2(backend, WRITER, weightsOf(seed)),
    tokenizer: tokenizerOf(WRITER_MARKS, SPLIT),
    judge,
  };
}

const READER_MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

const READER = {
  architecture: "bert",
  vocabularySize: vocabulary(READER_MARKS).length,
  contextLength: 24,
  segments: 2,
  width: 16,
  innerWidth: 32,
  layers: 1,
  heads: 2,
  activation: "gelu",
  epsilon: 1e-12,
  tiedHead: true,
  classNames: ["bad", "good"],
} as const;

/** `[CLS] … [SEP]`. */
const MARKED = {
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

function readerTokenizer(): Tokenizer {
  return tokenizerOf(READER_MARKS, { ...SPLIT, post_processor: MARKED });
}

function tinyBert(backend: Backend, seed: number): Bert {
  const heads = { pooler: true, maskedLm: false, nextSentence: false, classes: 2 };
  return Bert.create(backend, READER, heads, new Random(seed));
}

/** A BERT with random weights, for features. */
export function tinyReader(backend: Backend, seed = 1): TextReader {
  return new TextReader(tinyBert(backend, seed), readerTokenizer());
}

/** The same models as files, under the names of the site's. @param backend computes nothing of them; it only holds them for a moment */
export async function tinyFiles(backend: Backend): Promise<(id: string) => Promise<ParsedModel>> {
  const writer = new Gpt2(backend, WRITER, weightsOf(1));
  const reader = tinyBert(backend, 1);
  const [written, read] = [await saveParameters(writer.parameters), await saveParameters(reader.parameters)];
  writer.dispose();
  reader.dispose();
  const writerFiles = {
    config: WRITER,
    tokenizer: tokenizerOf(WRITER_MARKS, SPLIT),
    tensors: parseSafetensors(written.buffer),
  };
  const readerFiles = { config: READER, tokenizer: readerTokenizer(), tensors: parseSafetensors(read.buffer) };
  return async (id) => (id === "gpt-review" ? writerFiles : readerFiles);
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
