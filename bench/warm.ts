import type { Page } from "@playwright/test";
import { type Column, type Launch, nameOf, openPage, PROMPT } from "./columns.ts";
import type { Server } from "./server.ts";
import { summarize } from "./statistics.ts";
import type { Row } from "./table.ts";

/** A software adapter is some thirty times slower than the CPU itself: fewer steps say as much. */
const STEPS = { cpu: 48, webgpu: 12 } as const;
const PREFILLS = { cpu: 5, webgpu: 2 } as const;

interface Opened extends Column {
  readonly page: Page;
}

/** A row that is measured again and again: each call gives one round's samples, or null where the library cannot do it. */
interface Task {
  readonly label: string;
  readonly unit: string;
  readonly better: Row["better"];
  /** Ours against the untraced figures of peers, where they have no traced ones. */
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
      const page = await openPage(browser, server, column);
      await page.evaluate(() => coldStart);
      opened.push({ ...column, page });
    }
    await expectSameTokens(opened);

    const rows: Row[] = [];
    for (const task of tasks) {
      const samples: (number[] | null)[] = opened.map(() => []);
      for (let round = 0; round <= rounds; round++) {
        for (const [i, column] of opened.entries()) {
          const measured = samples[i] && (await task.sample(column));
          // The first round warms up: pipelines are made, code is optimized.
          if (!measured) samples[i] = null;
          else if (round > 0) samples[i]?.push(...measured);
        }
      }
      const cells = samples.map((numbers) => (numbers ? summarize(numbers) : null));
      opened.forEach((column, i) => {
        console.error(`${task.label}, ${nameOf(column)}: ${cells[i]?.median.toFixed(2) ?? "–"} ${task.unit}`);
      });
      const { label, unit, better } = task;
      rows.push({ label, unit, better, cells, peersFrom: task.peersFrom });
    }
    return rows;
  } finally {
    await browser.close();
  }
}

/** All libraries must continue the prompt in the same way, or they do not compute the same. */
async function expectSameTokens(columns: readonly Opened[]): Promise<void> {
  let expected: string | null = null;
  for (const column of columns) {
    const runs = [];
    for (const batch of [1, 6]) {
      const options = { batch, steps: 8 };
      runs.push(await column.page.evaluate(([prompt, o]) => subject.decode(prompt, o), [PROMPT, options] as const));
    }
    const tokens = JSON.stringify(runs.map((run) => run.tokens));
    expected ??= tokens;
    if (tokens !== expected) throw new Error(`${nameOf(column)} computes other tokens:\n${tokens}\n${expected}`);
  }
}

function decoding(label: string, batch: number, traced: boolean): Task {
  return {
    label,
    unit: "tokens/s",
    better: "higher",
    async sample({ subject: name, backend, page }) {
      if (traced && name !== "ours") return null;
      const options = { batch, steps: STEPS[backend], traced };
      const run = await page.evaluate(([prompt, o]) => subject.decode(prompt, o), [PROMPT, options] as const);
      return run.milliseconds.map((milliseconds) => (1000 * batch) / milliseconds);
    },
  };
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
  decoding("decode, batch 1", 1, false),
  decoding("decode, batch 6", 6, false),
  { ...decoding("decode, batch 1, all attention traced", 1, true), peersFrom: "decode, batch 1" },
];
