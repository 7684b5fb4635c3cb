import type { LanguageModelSettings } from "../experiments/language-model.ts";

/** A training that goes on until it is stopped, with steps as small as they come. */
export const TRAINING: LanguageModelSettings = {
  text: "鹅鹅鹅，曲项向天歌。白毛浮绿水，红掌拨清波。".repeat(20),
  architecture: "gpt2",
  layers: 1,
  width: 16,
  heads: 2,
  length: 8,
  batch: 2,
  steps: 1000,
  optimizer: "adamw",
  learningRate: 0.01,
};
