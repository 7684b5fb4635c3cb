import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "./backends/backend.ts";
import { createCpuBackend } from "./backends/cpu/cpu.ts";
import { CartPoleExperiment } from "./experiments/cart-pole.ts";
import { CART_POLE_DEFAULTS } from "./experiments/cart-pole-settings.ts";
import { LanguageModelExperiment, type LanguageModelSettings } from "./experiments/language-model.ts";
import { Seq2SeqExperiment } from "./experiments/seq2seq.ts";
import { WordVectorsExperiment } from "./experiments/word-vectors.ts";
import { Bert } from "./models/bert.ts";
import { LstmSeq2Seq } from "./models/lstm-seq2seq.ts";
import { SkipGram } from "./models/skip-gram.ts";
import { TransformerSeq2Seq } from "./models/transformer-seq2seq.ts";
import { newWeights } from "./nn/weights.ts";
import { Random } from "./random.ts";
import { withRoomFor } from "./testing/limited-backend.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

const TRAINING: LanguageModelSettings = {
  text: "鹅鹅鹅，曲项向天歌。白毛浮绿水，红掌拨清波。".repeat(10),
  architecture: "gpt2",
  layers: 1,
  width: 8,
  heads: 2,
  length: 8,
  batch: 2,
  steps: 10,
  optimizer: "adamw",
  learningRate: 0.01,
};
const TRANSFORMER = { vocabularySize: 7, width: 8, innerWidth: 16, heads: 2, activation: "relu" } as const;
const BERT = {
  ...TRANSFORMER,
  architecture: "bert",
  contextLength: 8,
  segments: 2,
  layers: 1,
  epsilon: 1e-12,
  activation: "gelu",
  tiedHead: true,
  classNames: [],
} as const;
const PAIRS = ["甲乙", "乙丙丁"].map((source) => ({ source, target: source }));
const SEQ2SEQ = {
  pairs: PAIRS,
  layers: 1,
  width: 8,
  heads: 2,
  batch: 2,
  steps: 10,
  learningRate: 0.01,
  measured: 2,
  every: 5,
};
const VECTORS = {
  sentences: [["甲", "乙"]],
  width: 4,
  window: 1,
  negatives: 1,
  batch: 2,
  steps: 10,
  learningRate: 0.01,
};
const LSTM = { sourceVocabularySize: 5, targetVocabularySize: 6, embeddingWidth: 4, width: 4, layers: 2 };

const random = () => new Random(1);
const laboratory = (room: Backend) => ({ backend: room, random: random() });

const MAKERS: Record<string, (room: Backend) => { dispose(): void }> = {
  BERT: (room) =>
    Bert.create(room, BERT, { pooler: true, maskedLm: true, nextSentence: true, classes: 3 }, random(), {
      trainable: () => true,
    }),
  "a Transformer": (room) =>
    new TransformerSeq2Seq(room, { ...TRANSFORMER, encoderLayers: 1, decoderLayers: 1 }, newWeights(random())),
  "an LSTM that translates": (room) => new LstmSeq2Seq(room, LSTM, newWeights(random())),
  "word vectors": (room) => new SkipGram(room, 5, 4, newWeights(random())),
  "a GPT-2 in training": (room) => new LanguageModelExperiment(laboratory(room), TRAINING),
  "an LSTM in training": (room) =>
    new LanguageModelExperiment(laboratory(room), { ...TRAINING, architecture: "lstm", optimizer: "momentum" }),
  "a Transformer that learns to translate": (room) =>
    new Seq2SeqExperiment(laboratory(room), { ...SEQ2SEQ, architecture: "transformer" }),
  "an LSTM that learns to translate": (room) =>
    new Seq2SeqExperiment(laboratory(room), { ...SEQ2SEQ, architecture: "lstm" }),
  "word vectors in training": (room) => new WordVectorsExperiment(laboratory(room), VECTORS),
  "PPO on CartPole": (room) => new CartPoleExperiment(laboratory(room), { ...CART_POLE_DEFAULTS, width: 4 }),
};

test.each(Object.keys(MAKERS))("%s that does not fit leaves nothing behind, wherever memory ends", (name) => {
  const make = MAKERS[name]!;
  const before = { ...backend.memory };
  const whole = make(backend);
  const storages = backend.memory.storages - before.storages;
  whole.dispose();
  expect({ ...backend.memory }).toEqual(before);
  expect(storages).toBeGreaterThan(0);
  for (let room = 0; room < storages; room++) {
    expect(() => make(withRoomFor(backend, room))).toThrow(expect.objectContaining({ code: "out-of-memory" }));
    expect({ ...backend.memory }, `with room for ${room} of ${storages} storages`).toEqual(before);
  }
});
