import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type FineTuneRow, recordTable } from "../src/components/demos/visual-bert/fine-tune/recorded.ts";
import { SETS, type SetName } from "../src/components/demos/visual-bert/fine-tune/sets/sets.ts";
import { splitTask } from "../src/components/demos/visual-bert/fine-tune/split.ts";
import { commandOf, saveRecord, weightsIn } from "../src/components/kit/figure/record.ts";
import { type Estimate, meanEstimate } from "../src/components/kit/text/statistics.ts";
import { CharacterModel } from "../src/engine/analysis/character-model.ts";
import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import { FineTuneExperiment } from "../src/engine/experiments/fine-tune.ts";
import { FINE_TUNE_DEFAULTS, type FineTuneSettings } from "../src/engine/experiments/fine-tune-settings.ts";
import { parseModelFiles } from "../src/engine/files/loader.ts";
import { Random } from "../src/engine/random.ts";
import { indexOfLargest, mean } from "../src/engine/statistics.ts";

/**
 * `npm run fine-tune`: fine-tunes bert-zh on the built-in sentences with each of some seeds and prints the share of the validation texts that
 * it gets right, beside that of a logistic regression on bags of characters on the same texts. `-- --model <folder> --sets topics
 * --seeds 6,7 --examples 24,48 --set pooling=cls,blocks=0` tries others; with several `--set` each is measured on the same texts and
 * compared with the first (`--set ""`: the defaults). `--save <name>` writes what a page shows, `src/recorded/<name>.json`.
 *
 * Intervals are of 95 %, over the validation texts, each with its mean over the seeds: they say how much chance lies in the choice of these
 * texts. The seeds draw other training texts and another head; how often a seed comes out ahead is counted beside it.
 */

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "public/models/bert-zh" },
    sets: { type: "string", default: Object.keys(SETS).join() },
    seeds: { type: "string", default: "1,2,3,4,5" },
    examples: { type: "string", default: "24,48" },
    set: { type: "string", multiple: true, default: [""] },
    save: { type: "string" },
  },
});

type Changes = Partial<Pick<FineTuneSettings, keyof typeof FINE_TUNE_DEFAULTS>>;

function readChanges(text: string): Changes {
  const changes = text.split(",").filter((change) => change !== "");
  return Object.fromEntries(
    changes.map((change) => {
      const [name = "", value = ""] = change.split("=");
      if (!(name in FINE_TUNE_DEFAULTS))
        throw new Error(`${name} is none of ${Object.keys(FINE_TUNE_DEFAULTS).join()}`);
      return [name, name === "pooling" ? value : Number(value)];
    }),
  );
}

const seeds = values.seeds.split(",").map(Number);
const model = await parseModelFiles(async (path) => {
  const { buffer, byteOffset, byteLength } = await readFile(join(values.model, path));
  return buffer.slice(byteOffset, byteOffset + byteLength);
});
const backend = await createCpuBackend();

/** What one seed gives, validation text by validation text: 1 where it is right, else 0. */
interface Outcome {
  readonly fresh: readonly number[];
  readonly bert: readonly number[];
  readonly characters: readonly number[];
}

async function outcomeOf(name: SetName, examples: number, changes: Changes, seed: number): Promise<Outcome> {
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
  for await (const _ of experiment.run());
  const texts = validation.map(({ text }) => text);
  const verdicts = await experiment.ask({ texts });
  experiment.dispose();
  const linear = new CharacterModel(training, task.classes.length).probabilities(texts);
  const right = (rows: readonly (Float32Array | Float64Array)[]): number[] =>
    rows.map((row, i) => Number(indexOfLargest(row) === validation[i]!.label));
  return {
    fresh: right(verdicts.map(({ before }) => before)),
    bert: right(verdicts.map(({ after }) => after)),
    characters: right(linear),
  };
}

/** Text by text, the mean over the seeds. */
function overSeeds(outcomes: readonly Outcome[], who: keyof Outcome): number[] {
  return outcomes[0]![who].map((_, text) => mean(outcomes.map((outcome) => outcome[who][text]!)));
}

const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]!);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const between = ({ value, low, high }: Estimate): string =>
  `${percent(value)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;

console.log(
  "| set | examples | settings | fresh head | fine-tuned | characters | difference | ahead | than the first | seconds |",
);
console.log("|---|---:|---|---:|---:|---:|---:|---:|---:|---:|");
const rows: FineTuneRow[] = [];
for (const name of values.sets.split(",") as SetName[]) {
  for (const examples of values.examples.split(",").map(Number)) {
    let first: readonly number[] | undefined;
    for (const changes of values.set.map(readChanges)) {
      const begun = process.cpuUsage();
      const outcomes: Outcome[] = [];
      for (const seed of seeds) outcomes.push(await outcomeOf(name, examples, changes, seed));
      const [fresh, bert, characters] = (["fresh", "bert", "characters"] as const).map((who) =>
        overSeeds(outcomes, who),
      );
      const row: FineTuneRow = {
        set: name,
        examples,
        changes,
        tests: bert!.length,
        fresh: meanEstimate(fresh!)!,
        bert: meanEstimate(bert!)!,
        characters: meanEstimate(characters!)!,
        difference: meanEstimate(minus(bert!, characters!))!,
        ahead: outcomes.filter((one) => mean(one.bert) > mean(one.characters)).length,
        gain: first ? meanEstimate(minus(bert!, first))! : null,
      };
      first ??= bert!;
      rows.push(row);
      const seconds = (process.cpuUsage(begun).user / 1e6).toFixed(1);
      const measured = [row.fresh, row.bert, row.characters, row.difference].map(between);
      const gain = row.gain ? between(row.gain) : "–";
      const cells = [
        name,
        examples,
        JSON.stringify(changes),
        ...measured,
        `${row.ahead}/${seeds.length}`,
        gain,
        seconds,
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
  }
}
backend.dispose();
console.log(
  `\nMeans over the seeds ${seeds.join()}, with intervals over the validation texts. Node ${process.version}, ${process.arch}`,
);

if (values.save) {
  await saveRecord(values.save, {
    command: commandOf("npm run fine-tune", process.argv.slice(2)),
    weights: [await weightsIn(values.model)],
    settings: FINE_TUNE_DEFAULTS,
    seeds,
    table: recordTable(rows),
    data: rows,
  });
}
