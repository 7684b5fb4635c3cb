import { parseArgs } from "node:util";
import { commandOf, saveRecord } from "../src/components/kit/figure/record.ts";
import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import { CartPoleExperiment } from "../src/engine/experiments/cart-pole.ts";
import {
  CART_POLE_DEFAULTS,
  CART_POLE_RANGES,
  type CartPoleSettings,
} from "../src/engine/experiments/cart-pole-settings.ts";
import { Random } from "../src/engine/random.ts";

/**
 * `npm run cart-pole`: trains PPO on CartPole with each of ten seeds and prints how good each policy is at the end. `-- --seeds 3,4
 * --set learningRate=0.0003 --set epochs=4` tries other seeds and settings, `--save <name>` writes what a page shows, `src/recorded/<name>.json`.
 */

const EVALUATION = { kind: "evaluation", episodes: 100, seed: 1_000_000 } as const;
/** CartPole-v1 counts as solved at this mean return over 100 episodes. */
const SOLVED = 475;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3,4,5,6,7,8,9,10" },
    set: { type: "string", multiple: true, default: [] },
    save: { type: "string" },
  },
});
const changes = Object.fromEntries(
  values.set.map((text) => {
    const [name = "", value = ""] = text.split("=");
    if (!(name in CART_POLE_DEFAULTS))
      throw new Error(`${name} is none of ${Object.keys(CART_POLE_DEFAULTS).join(", ")}`);
    return [name, name in CART_POLE_RANGES ? Number(value) : value === "true"];
  }),
);
const settings: CartPoleSettings = { ...CART_POLE_DEFAULTS, ...changes };
const seeds = values.seeds.split(",").map(Number);

/** What came of one seed. */
interface Outcome {
  readonly seed: number;
  /** Mean returns: of actions drawn from the policy, as in training, and of always the likelier action. */
  readonly sampled: number;
  readonly greedy: number;
  /** Steps of training until the mean return counted as solved; null if it never did. */
  readonly reached: number | null;
  /** Between which 90 % of the updates moved the policy, in nats. */
  readonly kl: readonly [low: number, high: number];
  /** Of the processor. */
  readonly seconds: number;
}

console.log(
  "| seed | solved | return, sampled | return, greedy | steps to 475 in training | KL of an update | seconds |",
);
console.log("|---:|:---:|---:|---:|---:|---:|---:|");
const outcomes: Outcome[] = [];
for (const seed of seeds) {
  const backend = await createCpuBackend();
  const experiment = new CartPoleExperiment({ backend, random: new Random(seed) }, settings);
  const begun = process.cpuUsage();
  let reached: number | null = null;
  const moved: number[] = [];
  for await (const { steps, episodes, meanReturn, kl } of experiment.run()) {
    if (episodes >= EVALUATION.episodes && (meanReturn ?? 0) >= SOLVED) reached ??= steps;
    moved.push(kl);
  }
  const seconds = process.cpuUsage(begun).user / 1e6;
  const outcome: Outcome = {
    seed,
    sampled: await evaluate(experiment, false),
    greedy: await evaluate(experiment, true),
    reached,
    kl: mostOf(moved),
    seconds,
  };
  outcomes.push(outcome);
  const { sampled, greedy, kl } = outcome;
  const cells = [
    seed,
    isSolved(outcome) ? "yes" : "no",
    sampled.toFixed(1),
    greedy.toFixed(1),
    reached ?? "–",
    kl.map((nats) => nats.toFixed(4)).join(" to "),
    seconds.toFixed(1),
  ];
  console.log(`| ${cells.join(" | ")} |`);
  experiment.dispose();
  backend.dispose();
}
console.log(
  `\n${outcomes.filter(isSolved).length} of ${seeds.length} solved within ${settings.steps} steps (processor time, ${process.arch}, Node ${process.version})`,
);

if (values.save) {
  await saveRecord(values.save, {
    command: commandOf("npm run cart-pole", process.argv.slice(2)),
    weights: [],
    settings,
    seeds,
    table: {
      columns: [
        "种子",
        "考试，照概率抽",
        "考试，取概率大的",
        "到 475 的步数",
        "KL，5% 分位",
        "KL，95% 分位",
        "处理器秒数",
      ],
      rows: outcomes.map(({ seed, sampled, greedy, reached, kl, seconds }) => [
        ...[seed, sampled, greedy, reached ?? "", ...kl],
        Math.round(seconds),
      ]),
    },
    data: outcomes,
  });
}

function isSolved({ sampled }: Outcome): boolean {
  return sampled >= SOLVED;
}

/** Between which 90 % of the values lie. */
function mostOf(values: readonly number[]): [low: number, high: number] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.05), at(0.95)];
}

async function evaluate(experiment: CartPoleExperiment, greedy: boolean): Promise<number> {
  const answer = await experiment.ask({ ...EVALUATION, greedy });
  if (answer.kind !== "evaluation") throw new Error(`an answer of another kind: ${answer.kind}`);
  return answer.mean;
}
