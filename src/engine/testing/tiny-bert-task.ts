import type { Backend } from "../backends/backend.ts";
import type { ModelLaboratory } from "../experiments/experiment.ts";
import { FINE_TUNE_DEFAULTS, type FineTuneSettings } from "../experiments/fine-tune-settings.ts";
import { parseModelFiles } from "../files/loader.ts";
import { Random } from "../random.ts";
import { loadFixture } from "./load.ts";

/** Lines in characters that the BERT of `testdata/folders` knows. */
const TRAINING = {
  morning: ["春晓花鸟", "花春鸟", "晓鸟啼花", "春花啼"],
  night: ["夜月江眠", "江月夜", "眠夜不月", "月江不"],
};
const VALIDATION = { morning: ["鸟花春晓", "花鸟啼"], night: ["江眠月夜", "夜月不"] };

const labelled = (texts: Readonly<Record<string, readonly string[]>>) =>
  Object.values(texts).flatMap((own, label) => own.map((text) => ({ text, label })));

/** A task of two classes that one block of 16 numbers learns in a few dozen steps. */
export const TINY_TASK: FineTuneSettings = {
  ...FINE_TUNE_DEFAULTS,
  classes: Object.keys(TRAINING),
  training: labelled(TRAINING),
  validation: labelled(VALIDATION),
  blocks: 1,
  learningRate: 0.02,
  epochs: 10,
  batch: 4,
};

/** A laboratory whose only model is a BERT of one block. */
export function tinyLaboratory(backend: Backend, seed: number): ModelLaboratory {
  const folder = "src/engine/testdata/folders/bert";
  return {
    backend,
    random: new Random(seed),
    open: () => parseModelFiles((path) => loadFixture(`${folder}/${path}`)),
  };
}
