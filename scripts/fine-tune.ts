import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SETS, type SetName } from "../src/components/demos/visual-bert/fine-tune/sets/sets.ts";
import { splitTask } from "../src/components/demos/visual-bert/fine-tune/split.ts";
import { CharacterModel } from "../src/engine/analysis/character-model.ts";
import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import { FineTuneExperiment } from "../src/engine/experiments/fine-tune.ts";
import { FINE_TUNE_DEFAULTS, type FineTuneSettings } from "../src/engine/experiments/fine-tune-settings.ts";
import { parseModelFiles } from "../src/engine/files/loader.ts";
import { Random } from "../src/engine/random.ts";
import { mean } from "../src/engine/statistics.ts";

/**
 * `npm run fine-tune`: fine-tunes bert-zh on the built-in sentences with each of some seeds and prints the validation accuracy, beside that of
 * a logistic regression on bags of characters on the same texts. `-- --model <folder> --sets topics --seeds 6,7 --examples 24,48
 * --set pooling=cls --set blocks=0` tries others.
 */

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "public/models/bert-zh" },
    sets: { type: "string", default: Object.keys(SETS).join() },
    seeds: { type: "string", default: "1,2,3,4,5" },
    examples: { type: "string", default: "24,48" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const changes = Object.fromEntries(
  values.set.map((text) => {
    const [name = "", value = ""] = text.split("=");
    if (!(name in FINE_TUNE_DEFAULTS)) throw new Error(`${name} is none of ${Object.keys(FINE_TUNE_DEFAULTS).join()}`);
    return [name, name === "pooling" ? value : Number(value)];
  }),
);
const seeds = values.seeds.split(",").map(Number);
const model = await parseModelFiles(async (path) => {
  const { buffer, byteOffset, byteLength } = await readFile(join(values.model, path));
  return buffer.slice(byteOffset, byteOffset + byteLength);
});
const backend = await createCpuBackend();

/** Accuracies on the validation texts of the model with its fresh head, and of the two that were trained. */
interface Outcome {
  readonly fresh: number;
  readonly bert: number;
  readonly characters: number;
}

async function outcomeOf(name: SetName, examples: number, seed: number): Promise<Outcome> {
  const task = SETS[name];
  const { training, validation } = splitTask(task, examples, seed);
  const settings: FineTuneSettings = {
    ...FINE_TUNE_DEFAULTS,
    ...changes,
    classes: task.classes,
    training,
    validation,
  };
  const laboratory = { backend, random: new Random(seed), open: async () => model };
  const experiment = await FineTuneExperiment.open(laboratory, settings);
  const accuracies: number[] = [];
  for await (const { validationAccuracy } of experiment.run()) {
    if (validationAccuracy !== null) accuracies.push(validationAccuracy);
  }
  experiment.dispose();
  const characters = new CharacterModel(training, task.classes.length).accuracy(validation);
  return { fresh: accuracies[0]!, bert: accuracies.at(-1)!, characters };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

console.log("| set | examples | seed | fresh head | fine-tuned | characters | seconds |");
console.log("|---|---:|---:|---:|---:|---:|---:|");
for (const name of values.sets.split(",") as SetName[]) {
  for (const examples of values.examples.split(",").map(Number)) {
    const outcomes: Outcome[] = [];
    for (const seed of seeds) {
      const begun = process.cpuUsage();
      const outcome = await outcomeOf(name, examples, seed);
      outcomes.push(outcome);
      const seconds = (process.cpuUsage(begun).user / 1e6).toFixed(1);
      const cells = [name, examples, seed, ...[outcome.fresh, outcome.bert, outcome.characters].map(percent), seconds];
      console.log(`| ${cells.join(" | ")} |`);
    }
    const means = (["fresh", "bert", "characters"] as const).map((key) => mean(outcomes.map((one) => one[key])));
    const ahead = outcomes.filter(({ bert, characters }) => bert > characters).length;
    console.log(`| ${[name, examples, "mean", ...means.map(percent), `ahead ${ahead}/${seeds.length}`].join(" | ")} |`);
  }
}
console.log(
  `\nProcessor time, ${process.arch}, Node ${process.version}; ${JSON.stringify({ ...FINE_TUNE_DEFAULTS, ...changes })}`,
);
backend.dispose();
