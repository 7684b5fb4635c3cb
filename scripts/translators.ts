import { parseArgs } from "node:util";
import { shareColumns } from "../src/components/figures/data-table.ts";
import { commandOf, saveRecord } from "../src/components/kit/figure/record.ts";
import { shareEstimate } from "../src/components/kit/text/statistics.ts";
import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import type { Seq2SeqMetrics } from "../src/engine/experiments/seq2seq.ts";
import type { Seq2SeqSettings } from "../src/engine/experiments/seq2seq-settings.ts";
import { createTranslator } from "../src/engine/experiments/translator.ts";
import { TRANSLATOR_DEFAULTS, type TranslatorSettings } from "../src/engine/experiments/translator-settings.ts";
import { Random } from "../src/engine/random.ts";

/**
 * `npm run translators`: trains the three translators with each of some seeds, and prints how many of the held-out numbers and dates each reads
 * without a mistake, by the length of the source, and what it cost. `-- --seeds 3,4 --set digits=6` tries other seeds and settings, `--save <name>`
 * writes what a page shows, `src/recorded/<name>.json`.
 */

const NAMES = { lstm: "LSTM", "lstm-attention": "LSTM 加注意力", transformer: "Transformer" } as const;
type Architecture = Seq2SeqSettings["architecture"];

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    only: { type: "string", default: Object.keys(NAMES).join() },
    set: { type: "string", multiple: true, default: [] },
    save: { type: "string" },
  },
});
const changes = Object.fromEntries(
  values.set.map((text) => {
    const [name = "", value = ""] = text.split("=");
    if (!(name in TRANSLATOR_DEFAULTS))
      throw new Error(`${name} is none of ${Object.keys(TRANSLATOR_DEFAULTS).join(", ")}`);
    return [name, Number(value)];
  }),
);
const settings: TranslatorSettings = { ...TRANSLATOR_DEFAULTS, ...changes };
const seeds = values.seeds.split(",").map(Number);

/** What came of a training. */
interface Outcome {
  readonly seed: number;
  readonly architecture: Architecture;
  /** Processor seconds in all. */
  readonly seconds: number;
  readonly last: Seq2SeqMetrics;
}

const outcomes: Outcome[] = [];
for (const architecture of values.only.split(",") as Architecture[]) {
  for (const seed of seeds) {
    const outcome = await train(seed, architecture);
    outcomes.push(outcome);
    const { seconds, last } = outcome;
    const shares = lengthsOf(last).map((n) => `${n}: ${((100 * last[`exact${n}`]!) / last[`asked${n}`]!).toFixed(0)}`);
    console.log(
      `${architecture} seed ${seed}: ${seconds.toFixed(1)} s, loss ${last.loss.toFixed(3)}, % exact by length ${shares.join(", ")}`,
    );
  }
}

/** All seeds of an architecture together, at one length. */
interface Line {
  readonly architecture: Architecture;
  readonly length: number;
  readonly exact: number;
  readonly asked: number;
}

if (values.save) {
  const lengths = lengthsOf(outcomes[0]!.last);
  const lines = (Object.keys(NAMES) as Architecture[]).flatMap((architecture) =>
    lengths.map((length): Line => {
      const own = outcomes.filter((outcome) => outcome.architecture === architecture);
      const total = (key: `exact${number}` | `asked${number}`) =>
        own.reduce((sum, { last }) => sum + (last[key] ?? 0), 0);
      return { architecture, length, exact: total(`exact${length}`), asked: total(`asked${length}`) };
    }),
  );
  const columns = (Object.keys(NAMES) as Architecture[]).flatMap((architecture) =>
    shareColumns<number>(NAMES[architecture], (length) => {
      const line = lines.find((own) => own.architecture === architecture && own.length === length)!;
      return shareEstimate(line.exact, line.asked);
    }),
  );
  await saveRecord(values.save, {
    command: commandOf("npm run translators", process.argv.slice(2)),
    weights: [],
    settings,
    seeds,
    table: {
      columns: ["原文的字数", ...columns.map(({ head }) => head)],
      rows: lengths.map((length) => [
        length > settings.digits ? `${length}（日期）` : String(length),
        ...columns.map(({ cell }) => Number(cell(length))),
      ]),
    },
    data: outcomes,
  });
}

function lengthsOf(record: Seq2SeqMetrics): number[] {
  return Object.keys(record)
    .flatMap((key) => /^asked(\d+)$/.exec(key)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

async function train(seed: number, architecture: Architecture): Promise<Outcome> {
  const backend = await createCpuBackend();
  const begun = process.cpuUsage();
  const experiment = createTranslator({ backend, random: new Random(seed) }, { ...settings, architecture });
  let last: Seq2SeqMetrics | undefined;
  for await (const record of experiment.run()) last = record;
  const seconds = process.cpuUsage(begun).user / 1e6;
  experiment.dispose();
  backend.dispose();
  if (!last) throw new Error("a training without a record");
  return { seed, architecture, seconds, last };
}
