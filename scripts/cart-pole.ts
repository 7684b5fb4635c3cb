import { parseArgs } from "node:util";
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
 * --set learningRate=0.0003 --set epochs=4` tries other seeds and settings.
 */

const EVALUATION = { kind: "evaluation", episodes: 100, seed: 1_000_000 } as const;
/** CartPole-v1 counts as solved at this mean return over 100 episodes. */
const SOLVED = 475;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3,4,5,6,7,8,9,10" },
    set: { type: "string", multiple: true, default: [] },
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

/** Sampled: actions drawn from the policy, as in training. Greedy: always the likelier action. */
console.log("| seed | solved | return, sampled | return, greedy | steps to 475 in training | seconds |");
console.log("|---:|:---:|---:|---:|---:|---:|");
let solved = 0;
for (const seed of seeds) {
  const backend = await createCpuBackend();
  const experiment = new CartPoleExperiment({ backend, random: new Random(seed) }, settings);
  const begun = process.cpuUsage();
  let reached: number | null = null;
  for await (const { steps, episodes, meanReturn } of experiment.run()) {
    if (episodes >= EVALUATION.episodes && (meanReturn ?? 0) >= SOLVED) reached ??= steps;
  }
  const seconds = process.cpuUsage(begun).user / 1e6;
  const [sampled, greedy] = [await evaluate(experiment, false), await evaluate(experiment, true)];
  const good = sampled >= SOLVED;
  if (good) solved++;
  const cells = [seed, good ? "yes" : "no", sampled.toFixed(1), greedy.toFixed(1), reached ?? "–", seconds.toFixed(1)];
  console.log(`| ${cells.join(" | ")} |`);
  experiment.dispose();
  backend.dispose();
}
console.log(
  `\n${solved} of ${seeds.length} solved within ${settings.steps} steps (processor time, ${process.arch}, Node ${process.version})`,
);

async function evaluate(experiment: CartPoleExperiment, greedy: boolean): Promise<number> {
  const answer = await experiment.ask({ ...EVALUATION, greedy });
  if (answer.kind !== "evaluation") throw new Error(`an answer of another kind: ${answer.kind}`);
  return answer.mean;
}
