import { existsSync } from "node:fs";
import { isDeepStrictEqual, parseArgs } from "node:util";
import {
  keptOf,
  type Measured,
  meetsTargets,
  type RecordedRun,
  type RecordedRuns,
  TARGETS,
  tableOfRuns,
} from "../src/components/demos/rlhf-gpt/runs/runs.ts";
import { commandOf, readRecord, saveRecord, weightsIn } from "../src/components/kit/figure/record.ts";
import type { Weights } from "../src/components/kit/figure/types.ts";
import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import { BestOfNExperiment, type BestOfNPoint } from "../src/engine/experiments/best-of-n.ts";
import { bestOfNAt, reaching } from "../src/engine/experiments/best-of-n-comparison.ts";
import type { ModelLaboratory } from "../src/engine/experiments/experiment.ts";
import { RlhfExperiment } from "../src/engine/experiments/rlhf.ts";
import { RLHF_DEFAULTS, RLHF_RANGES, type RlhfSettings } from "../src/engine/experiments/rlhf-settings.ts";
import { readModel } from "../src/engine/node.ts";
import { Random } from "../src/engine/random.ts";

/**
 * `npm run rlhf`: PPO makes the review writer write what the sentiment model finds good, once for each of five seeds, and a table says what
 * became of it and whether the targets were met, beside the best of n from the writer itself: which n is worth as much, and what it is worth at
 * the KL divergence at which the training has ended. `-- --seeds 3,4 --betas 0.1,0.2 --set iterations=30` tries others, `--betas` each with every
 * seed; `--curve` prints every round, `--samples` what is written before and after. `--save <name>` writes `src/recorded/<name>.json`, which the
 * page of 10.6 shows; what is there already of the same settings and weights stays, so that several processes can share the work. `--best-of 0`
 * leaves out the comparison.
 */

const MODELS = ["gpt-review", "sentiment-zh"];
const EVALUATION = { kind: "write", prompts: RLHF_DEFAULTS.prompts, reviews: 256, seed: 1_000_000 } as const;
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3,4,5" },
    "best-of": { type: "string", default: "32" },
    betas: { type: "string", default: String(RLHF_DEFAULTS.klWeight) },
    set: { type: "string", multiple: true, default: [] },
    curve: { type: "boolean", default: false },
    samples: { type: "boolean", default: false },
    save: { type: "string" },
  },
});
const changes = Object.fromEntries(
  values.set.map((text) => {
    const [name = "", value = ""] = text.split("=");
    if (name in RLHF_RANGES) return [name, Number(value)];
    if (typeof RLHF_DEFAULTS[name as keyof RlhfSettings] === "boolean") return [name, value === "true"];
    throw new Error(`${name} is none of the numbers ${Object.keys(RLHF_RANGES).join(", ")}, nor a switch`);
  }),
);
const { klWeight: _, ...settings }: RlhfSettings = { ...RLHF_DEFAULTS, ...changes };
const seeds = values.seeds.split(",").map(Number);
const betas = values.betas.split(",").map(Number);

async function laboratory(seed: number): Promise<ModelLaboratory> {
  return {
    backend: await createCpuBackend(),
    random: new Random(seed),
    open: (id) => readModel(`public/models/${id}`),
  };
}

const show = (value: number | null | undefined, digits = 3): string => value?.toFixed(digits) ?? "–";

type Writer = "policy" | "reference";

/** What one of them writes, and what it is like in the mean. */
async function measure(experiment: RlhfExperiment, who: Writer) {
  const answer = await experiment.ask({ ...EVALUATION, who });
  if (answer.kind !== "write") throw new Error(`an answer of another kind: ${answer.kind}`);
  const { reviews, reward, kl, distinct2, length } = answer;
  const measured: Measured = { reward: reward ?? 0, kl, distinct2: distinct2 ?? 0, length };
  const samples = reviews
    .slice(0, EVALUATION.prompts.length)
    .map(({ category, text, reward }) => ({ category, text, reward: reward ?? 0 }));
  return { measured, samples };
}

/** Works with an experiment of a seed, and frees what it took. */
async function withExperiment<T>(
  set: RlhfSettings,
  seed: number,
  work: (experiment: RlhfExperiment) => Promise<T>,
): Promise<T> {
  const lab = await laboratory(seed);
  const experiment = await RlhfExperiment.open(lab, set);
  try {
    return await work(experiment);
  } finally {
    experiment.dispose();
    lab.backend.dispose();
  }
}

/** What choosing alone makes of the writer. @param reviews for each prompt: n is at most this */
async function choose(reviews: number): Promise<readonly BestOfNPoint[]> {
  const lab = await laboratory(0);
  const choosing = await BestOfNExperiment.open(lab, { ...settings, reward: { kind: "sentiment" }, reviews });
  for await (const _ of choosing.run());
  const curve = await choosing.ask({ kind: "curve" });
  choosing.dispose();
  lab.backend.dispose();
  if (curve.kind !== "curve") throw new Error(`an answer of another kind: ${curve.kind}`);
  return curve.points;
}

const bestOf = Number(values["best-of"]);
const points = bestOf > 0 ? await choose(bestOf) : [];
if (points.length > 0) console.log("| best of n | reward | KL at most |\n|---:|---:|---:|");
for (const { n, reward, kl } of points) {
  // 1, 2, 4, 8, …
  if (Number.isInteger(Math.log2(n))) console.log(`| ${n} | ${show(reward)} | ${show(kl, 2)} |`);
}

const before = await withExperiment({ ...settings, klWeight: 0 }, 0, (experiment) => measure(experiment, "reference"));
const { reward, length } = before.measured;
console.log(`\nbefore: reward ${show(reward)}, length ${show(length, 1)}\n`);
console.log(
  "| β | seed | met | reward | KL | distinct-2 kept | length | best of n as good | best of n at this KL | minutes |",
);
console.log("|---:|---:|:---:|---:|---:|---:|---:|---:|---:|---:|");
let [done, metAll] = [0, 0];
for (const seed of seeds) {
  for (const klWeight of betas) {
    const run = await withExperiment({ ...settings, klWeight }, seed, async (experiment): Promise<RecordedRun> => {
      const begun = process.cpuUsage();
      for await (const { iteration, reward, kl, entropy, distinct2, clipFraction, length } of experiment.run()) {
        if (!values.curve) continue;
        const numbers = { reward, kl, entropy, distinct2, clipFraction, length };
        console.log(iteration, ...Object.entries(numbers).map(([name, value]) => `${name} ${show(value)}`));
      }
      const minutes = process.cpuUsage(begun).user / 60e6;
      const { measured, samples } = await measure(experiment, "policy");
      return { klWeight, seed, after: measured, samples, minutes };
    });
    done++;
    const { after, samples, minutes } = run;
    if (values.samples) {
      for (const [place, { category, text, reward }] of samples.entries()) {
        const old = before.samples[place]!;
        console.log(`${category} ${show(old.reward, 2)} ${old.text}\n  → ${show(reward, 2)} ${text}`);
      }
    }
    const met = meetsTargets(after, before.measured);
    if (met) metAll++;
    const cells = [
      klWeight,
      seed,
      met ? "yes" : "no",
      show(after.reward),
      show(after.kl, 2),
      `${(100 * keptOf(after, before.measured)).toFixed(0)} %`,
      show(after.length, 1),
      reaching(points, after.reward)?.n ?? "–",
      show(bestOfNAt(points, after.kl)),
      minutes.toFixed(1),
    ];
    console.log(`| ${cells.join(" | ")} |`);
    // After every run, for all of them may take an hour.
    if (values.save) await save(values.save, run);
  }
}
console.log(
  `\n${metAll} of ${done} runs met all targets: reward ≥ ${TARGETS.reward}, KL ≤ ${TARGETS.kl} nats, distinct-2 kept ≥ ${100 * TARGETS.distinct2} %` +
    ` (means over ${EVALUATION.reviews} reviews; n is at most ${bestOf}; processor time of the training, ${process.arch}, Node ${process.version})`,
);

/** Adds a run to the record of that name, as what one command would have computed. */
async function save(name: string, run: RecordedRun): Promise<void> {
  const weights = await Promise.all(MODELS.map((id) => weightsIn(`public/models/${id}`)));
  const { prompts: _prompts, reward: _reward, ...numbers } = settings;
  const kept = (await recordedBefore(name, { numbers, weights })).filter(
    ({ klWeight, seed }) => klWeight !== run.klWeight || seed !== run.seed,
  );
  const runs = [...kept, run].sort((a, b) => a.klWeight - b.klWeight || a.seed - b.seed);
  const { reviews, seed } = EVALUATION;
  const data = { measuring: { reviews, seed }, before: before.measured, runs };
  const klWeight = [...new Set(runs.map((one) => one.klWeight))];
  const seeds = [...new Set(runs.map((one) => one.seed))].sort((a, b) => a - b);
  const set = values.set.flatMap((one) => ["--set", one]);
  await saveRecord(name, {
    command: commandOf("npm run rlhf", ["--betas", klWeight.join(), "--seeds", seeds.join(), ...set, "--save", name]),
    weights,
    settings: { ...numbers, klWeight },
    seeds,
    table: tableOfRuns(data),
    data,
  });
}

/** The runs that a record has of these settings, β aside, and these weights. */
async function recordedBefore(
  name: string,
  { numbers, weights }: { readonly numbers: object; readonly weights: readonly Weights[] },
): Promise<readonly RecordedRun[]> {
  if (!existsSync(`src/recorded/${name}.json`)) return [];
  const { provenance, data } = await readRecord(name);
  const made = { ...provenance.settings, klWeight: 0 };
  const same = isDeepStrictEqual([made, provenance.weights], [{ ...numbers, klWeight: 0 }, weights]);
  // What this very command has written.
  return same ? (data as RecordedRuns).runs : [];
}
