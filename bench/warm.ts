import type { Page } from "@playwright/test";
import { openModel } from "../src/engine/node.ts";
import { type Column, type Launch, nameOf, PROMPT, pageOf } from "./columns.ts";
import type { Server } from "./server.ts";
import { summarize } from "./statistics.ts";
import { firstTokens, type Variant } from "./subject.ts";
import type { Row } from "./table.ts";

/** Steps of one run of decoding, and the longest that it may take. */
const STEPS = 48;
const RUN_MILLISECONDS = 1500;
/** A page's clock has steps of 0.1 ms: where a token takes one or two, so many are timed together. */
const STEPS_TOGETHER = { cpu: 8, webgpu: 1 } as const;
/** A software adapter is some thirty times slower than the CPU itself: fewer prefills and training steps say as much. */
const PREFILLS = { cpu: 5, webgpu: 1 } as const;
const TRAINING_STEPS = { cpu: 3, webgpu: 1 } as const;
const TRAINING_MILLISECONDS = 90_000;
/** Losses of the first column that trained, by step. */
const LOSSES: number[] = [];

const TRAINING_TOKENS = 32;
/** 16 texts; a row has one token more than is read, the last one's target. */
const TRAINING_BATCH = Array.from({ length: 16 }, (_, row) =>
  Array.from({ length: TRAINING_TOKENS + 1 }, (_, i) => 10 + (((i + 7 * row) * 37) % 3000)),
);

interface Opened extends Column {
  readonly page: Page;
}

/** A row that is measured again and again: each call gives one round's samples, or null where the library cannot do it. */
interface Task {
  readonly label: string;
  readonly unit: string;
  readonly better: Row["better"];
  /** The row whose figures stand in for peers that have none in this one. */
  readonly peersFrom?: string;
  sample(column: Opened): Promise<number[] | null>;
}

/** Speed once everything is loaded and warm. All columns stand open side by side and take turns within every round. */
export async function measureWarm(
  columns: readonly Column[],
  server: Server,
  launch: Launch,
  rounds: number,
): Promise<Row[]> {
  if (rounds === 0) return [];
  const browser = await launch();
  try {
    const opened: Opened[] = [];
    for (const column of columns) {
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(0);
      await page.goto(pageOf(column, server));
      await page.evaluate(() => coldStart);
      opened.push({ ...column, page });
    }
    await expectSameTokens(opened);

    const samples = tasks.map(() => opened.map((): number[] | null => []));
    for (let round = 0; round <= rounds; round++) {
      // Every task and every column has its turn in each round: what else the machine does falls on all alike.
      for (const [t, task] of tasks.entries()) {
        for (const [c, column] of opened.entries()) {
          if (samples[t]![c] === null) continue;
          const measured = await task.sample(column);
          // The first round warms up: pipelines are made, code is optimized.
          if (!measured) samples[t]![c] = null;
          else if (round > 0) samples[t]![c]?.push(...measured);
        }
        console.error(`round ${round}: ${task.label}`);
      }
    }
    const rows = tasks.map(({ label, unit, better, peersFrom }, t): Row => {
      const cells = samples[t]!.map((numbers) => numbers && summarize(numbers, better));
      return { label, unit, better, cells, peersFrom };
    });
    return rows;
  } finally {
    await browser.close();
  }
}

/** Two tokens whose logits differ by less are nearly a tie. transformers.js on WebGPU has been seen to be off by 0.03. */
const NEAR_TIE = 0.05;

/**
 * All libraries must continue the prompt in the same way, or they do not compute the same. Of six sequences two may part, and only where the
 * engine in Node says that their tokens are nearly a tie.
 */
async function expectSameTokens(columns: readonly Opened[]): Promise<void> {
  for (const batch of [1, 6]) {
    let expected: number[][] | null = null;
    for (const column of columns) {
      const options = { batch, steps: 4, milliseconds: Number.POSITIVE_INFINITY, variant: "plain" } as const;
      const run = await column.page.evaluate(([prompt, o]) => subject.decode(prompt, o), [PROMPT, options] as const);
      const sequences = Array.from({ length: batch }, (_, i) => run.tokens.map((step) => step[i]!));
      expected ??= sequences;
      const parted = [...expected.entries()].filter(([i, tokens]) => sequences[i]!.join() !== tokens.join());
      const gaps = await Promise.all(parted.map(([i, tokens]) => gapWhereParted(i, tokens, sequences[i]!)));
      if (parted.length > Math.floor(batch / 3) || gaps.some((gap) => !(gap < NEAR_TIE))) {
        const [theirs, ours] = [sequences, expected].map((all) => all.map(String).join(" | "));
        throw new Error(`${nameOf(column)} computes other tokens: ${theirs}, not ${ours}; logits apart by ${gaps}`);
      }
      if (gaps.length > 0) console.error(`${nameOf(column)}: ${gaps.length} of ${batch} part, at logits ${gaps} apart`);
    }
  }
}

/** How far the logits of two continuations' first different tokens are apart. @param i which of the first tokens they follow */
async function gapWhereParted(i: number, tokens: readonly number[], others: readonly number[]): Promise<number> {
  const model = await openModel("public/models/gpt-poem");
  if (model.architecture !== "gpt2") throw new Error("gpt-poem is a GPT-2");
  const at = tokens.findIndex((token, step) => token !== others[step]);
  const tree = model.tree();
  const prompt = await tree.append(null, PROMPT);
  const { logits } = await tree.append(prompt.node, [firstTokens(prompt.logits, i + 1)[i]!, ...tokens.slice(0, at)]);
  model.dispose();
  return Math.abs(logits[tokens[at]!]! - logits[others[at]!]!);
}

/**
 * Training steps of one column, its losses compared with those of the columns before: all must learn the same. Null if the library cannot
 * train, or needs longer than `TRAINING_MILLISECONDS`.
 */
async function train(column: Opened, expected: number[]): Promise<number[] | null> {
  const steps = 1 + TRAINING_STEPS[column.backend];
  const limit = new Promise<null>((resolve) => setTimeout(resolve, TRAINING_MILLISECONDS, null));
  const work = column.page.evaluate(([batch, count]) => subject.train(batch, count), [TRAINING_BATCH, steps] as const);
  const run = await Promise.race([work, limit]);
  if (!run) return null;
  for (const [i, loss] of run.losses.entries()) {
    expected[i] ??= loss;
    if (Math.abs(loss - expected[i]) > 2e-3) throw new Error(`${nameOf(column)} learns otherwise: ${run.losses}`);
  }
  // The first step of a run prepares.
  return run.milliseconds.slice(1);
}

function decoding(label: string, batch: number, variant: Variant): Task {
  return {
    label,
    unit: "tokens/s",
    better: "higher",
    async sample({ subject: name, backend, page }) {
      if (variant !== "plain" && name !== "ours") return null;
      const options = { batch, steps: STEPS, milliseconds: RUN_MILLISECONDS, variant };
      const run = await page.evaluate(([prompt, o]) => subject.decode(prompt, o), [PROMPT, options] as const);
      return meansOf(run.milliseconds, STEPS_TOGETHER[backend]).map((milliseconds) => (1000 * batch) / milliseconds);
    },
  };
}

/** The means of each `count` numbers that follow each other; what is left over is dropped. */
function meansOf(numbers: readonly number[], count: number): number[] {
  return Array.from({ length: Math.floor(numbers.length / count) }, (_, i) => {
    return numbers.slice(i * count, (i + 1) * count).reduce((sum, number) => sum + number, 0) / count;
  });
}

const tasks: readonly Task[] = [
  {
    label: "prefill of 64 tokens",
    unit: "ms",
    better: "lower",
    async sample({ backend, page }) {
      const samples: number[] = [];
      for (let i = 0; i < PREFILLS[backend]; i++) {
        samples.push(await page.evaluate((prompt) => subject.prefill(prompt), PROMPT));
      }
      return samples;
    },
  },
  decoding("decode, batch 1", 1, "plain"),
  decoding("decode, batch 6", 6, "plain"),
  { ...decoding("decode, batch 1, f32 weights", 1, "f32"), peersFrom: "decode, batch 1" },
  { ...decoding("decode, batch 6, f32 weights", 6, "f32"), peersFrom: "decode, batch 6" },
  { ...decoding("decode, batch 1, all attention traced", 1, "traced"), peersFrom: "decode, batch 1" },
  { ...decoding("decode, batch 1, 8-bit weights", 1, "i8"), peersFrom: "decode, batch 1" },
  { ...decoding("decode, batch 6, 8-bit weights", 6, "i8"), peersFrom: "decode, batch 6" },
  {
    label: `training step, ${TRAINING_BATCH.length} × ${TRAINING_TOKENS} tokens`,
    unit: "ms",
    better: "lower",
    sample: (column) => train(column, LOSSES),
  },
];
