import { parseArgs } from "node:util";
import { commandOf, saveRecord } from "../src/components/kit/figure/record.ts";
import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import { InductionExperiment, type InductionMetrics } from "../src/engine/experiments/induction.ts";
import { INDUCTION_DEFAULTS, type InductionSettings } from "../src/engine/experiments/induction-settings.ts";
import { Random } from "../src/engine/random.ts";

/**
 * `npm run induction`: trains attention on sequences that repeat, two layers and one, with each of some seeds, and prints when the induction heads
 * formed, and what it cost. `-- --seeds 3,4 --set heads=2` tries other seeds and settings, `--save <name>` writes what a page shows,
 * `src/recorded/<name>.json`.
 */

/** The prefix-matching score from which a head counts as an induction head here. */
const FORMED = 0.8;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    set: { type: "string", multiple: true, default: [] },
    save: { type: "string" },
  },
});
const changes = Object.fromEntries(
  values.set.map((text) => {
    const [name = "", value = ""] = text.split("=");
    if (!(name in INDUCTION_DEFAULTS))
      throw new Error(`${name} is none of ${Object.keys(INDUCTION_DEFAULTS).join(", ")}`);
    return [name, Number(value)];
  }),
);
const settings: InductionSettings = { ...INDUCTION_DEFAULTS, ...changes };
const seeds = values.seeds.split(",").map(Number);

/** What came of a training. */
interface Outcome {
  readonly seed: number;
  readonly layers: number;
  /** Steps after which a head had formed; null if none did. */
  readonly formed: number | null;
  /** Processor seconds until then, or in all. */
  readonly seconds: number;
  readonly last: InductionMetrics;
}

console.log(
  "| seed | layers | step | processor seconds | prefix matching | loss, repeated | loss, new | context score |",
);
console.log("|---:|---:|---:|---:|---:|---:|---:|---:|");
const outcomes: Outcome[] = [];
for (const seed of seeds) {
  for (const layers of [2, 1]) {
    const outcome = await train(seed, layers);
    outcomes.push(outcome);
    const { prefix, lossRepeated, lossNew, contextScore } = outcome.last;
    const measured = [prefix, lossRepeated, lossNew, contextScore].map((value) => value.toFixed(3));
    console.log(`| ${[seed, layers, outcome.formed ?? "–", outcome.seconds.toFixed(1), ...measured].join(" | ")} |`);
  }
}
console.log(
  `\nstep and seconds: until a head reached ${FORMED}, else of all (${process.arch}, Node ${process.version})`,
);

if (values.save) {
  await saveRecord(values.save, {
    command: commandOf("npm run induction", process.argv.slice(2)),
    weights: [],
    settings,
    seeds,
    table: {
      columns: [
        "种子",
        "层数",
        `前缀匹配到 ${FORMED} 的步数`,
        "处理器秒数",
        "前缀匹配",
        "重复部分的损失",
        "新的部分的损失",
        "上下文学习分",
      ],
      rows: outcomes.map(({ seed, layers, formed, seconds, last }) => [
        ...[seed, layers, formed ?? "", Number(seconds.toFixed(1))],
        ...[last.prefix, last.lossRepeated, last.lossNew, last.contextScore],
      ]),
    },
    data: outcomes,
  });
}

async function train(seed: number, layers: number): Promise<Outcome> {
  const backend = await createCpuBackend();
  const experiment = new InductionExperiment({ backend, random: new Random(seed) }, { ...settings, layers });
  const begun = process.cpuUsage();
  const spent = (): number => process.cpuUsage(begun).user / 1e6;
  let [formed, seconds, last]: [number | null, number, InductionMetrics | undefined] = [null, 0, undefined];
  for await (const record of experiment.run()) {
    last = record;
    if (formed === null) seconds = spent();
    if (record.prefix >= FORMED) formed ??= record.step;
  }
  experiment.dispose();
  backend.dispose();
  if (!last) throw new Error("a training without a record");
  return { seed, layers, formed, seconds, last };
}
