import { parseArgs } from "node:util";
import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import { BestOfNExperiment } from "../src/engine/experiments/best-of-n.ts";
import { atEqualKl, pathOf } from "../src/engine/experiments/best-of-n-comparison.ts";
import type { ModelLaboratory } from "../src/engine/experiments/experiment.ts";
import { RlhfExperiment } from "../src/engine/experiments/rlhf.ts";
import type { RlhfMetrics } from "../src/engine/experiments/rlhf-records.ts";
import { RLHF_DEFAULTS, RLHF_RANGES, type RlhfSettings } from "../src/engine/experiments/rlhf-settings.ts";
import { readModel } from "../src/engine/node.ts";
import { Random } from "../src/engine/random.ts";

/**
 * `npm run rlhf`: PPO makes the review writer write what the sentiment model finds good, once for each of five seeds, and a table says what
 * became of it and whether the targets were met, beside the best of n from the writer itself at equal KL divergence. `-- --seeds 3,4
 * --set klWeight=0 --set iterations=30` tries others; `--curve` prints every round, `--samples` what is written before and after.
 */

const EVALUATION = { kind: "write", prompts: RLHF_DEFAULTS.prompts, reviews: 256, seed: 1_000_000 } as const;
/** For each prompt: n is at most this. */
const BEST_OF = 32;
/** What a run is to reach: mean reward at least, KL divergence at most (nats per review), share of its distinct-2 that it keeps at least. */
const TARGETS = { reward: 0.9, kl: 12, distinct2: 0.7 };

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3,4,5" },
    set: { type: "string", multiple: true, default: [] },
    curve: { type: "boolean", default: false },
    samples: { type: "boolean", default: false },
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
const settings: RlhfSettings = { ...RLHF_DEFAULTS, ...changes };
const seeds = values.seeds.split(",").map(Number);

async function laboratory(seed: number): Promise<ModelLaboratory> {
  return {
    backend: await createCpuBackend(),
    random: new Random(seed),
    open: (id) => readModel(`public/models/${id}`),
  };
}

const show = (value: number | null, digits = 3): string => value?.toFixed(digits) ?? "–";

/** What the writer does before anything is learned, and what choosing alone makes of it. */
const start = await laboratory(0);
const choosing = await BestOfNExperiment.open(start, {
  ...settings,
  reward: { kind: "sentiment" },
  reviews: BEST_OF,
});
for await (const _ of choosing.run());
const curve = await choosing.ask({ kind: "curve" });
choosing.dispose();
start.backend.dispose();

if (curve.kind !== "curve") throw new Error(`an answer of another kind: ${curve.kind}`);
console.log("| best of n | reward | KL at most |\n|---:|---:|---:|");
for (const { n, reward, kl } of curve.points) {
  // 1, 2, 4, 8, …
  if (Number.isInteger(Math.log2(n))) console.log(`| ${n} | ${show(reward)} | ${show(kl, 2)} |`);
}

console.log(
  "\n| seed | met | reward | from | KL | distinct-2 kept | length | from | at equal KL | PPO there | best of n there | minutes |",
);
console.log("|---:|:---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
let metAll = 0;
for (const seed of seeds) {
  const lab = await laboratory(seed);
  const experiment = await RlhfExperiment.open(lab, settings);
  const write = async (who: "policy" | "reference") => {
    const answer = await experiment.ask({ ...EVALUATION, who });
    if (answer.kind !== "write") throw new Error(`an answer of another kind: ${answer.kind}`);
    return answer;
  };
  const before = await write("reference");
  const records: RlhfMetrics[] = [];
  const begun = process.cpuUsage();
  for await (const record of experiment.run()) {
    records.push(record);
    const { iteration, reward, kl, entropy, distinct2, clipFraction, explainedVariance, length } = record;
    if (!values.curve) continue;
    const numbers = { reward, kl, entropy, distinct2, clipFraction, explainedVariance, length };
    console.log(iteration, ...Object.entries(numbers).map(([name, value]) => `${name} ${show(value)}`));
  }
  const minutes = process.cpuUsage(begun).user / 60e6;
  const after = await write("policy");
  if (values.samples) {
    for (const [i, { category, text, reward }] of after.reviews.slice(0, EVALUATION.prompts.length).entries()) {
      const old = before.reviews[i]!;
      console.log(`${category} ${show(old.reward, 2)} ${old.text}\n  → ${show(reward, 2)} ${text}`);
    }
  }
  const kept = (after.distinct2 ?? 0) / (before.distinct2 ?? 1);
  const met = (after.reward ?? 0) >= TARGETS.reward && after.kl <= TARGETS.kl && kept >= TARGETS.distinct2;
  if (met) metAll++;
  const equal = atEqualKl(curve.points, pathOf(records));
  const cells = [
    seed,
    met ? "yes" : "no",
    show(after.reward),
    show(before.reward),
    show(after.kl, 2),
    `${(100 * kept).toFixed(0)} %`,
    show(after.length, 1),
    show(before.length, 1),
    show(equal?.kl ?? null, 2),
    show(equal?.ppo ?? null),
    show(equal?.bestOfN ?? null),
    minutes.toFixed(1),
  ];
  console.log(`| ${cells.join(" | ")} |`);
  experiment.dispose();
  lab.backend.dispose();
}
console.log(
  `\n${metAll} of ${seeds.length} seeds met all targets: reward ≥ ${TARGETS.reward}, KL ≤ ${TARGETS.kl} nats, distinct-2 kept ≥ ${100 * TARGETS.distinct2} %` +
    ` (means over ${EVALUATION.reviews} reviews; at equal KL: the last round within reach of best of ${BEST_OF}, mean of the rounds before;` +
    ` processor time of the training, ${process.arch}, Node ${process.version})`,
);
