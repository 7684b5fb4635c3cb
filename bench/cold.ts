import { setTimeout } from "node:timers/promises";
import type { Browser } from "@playwright/test";
import { type Column, type Launch, nameOf, pageOf } from "./columns.ts";
import { browserMemory } from "./memory.ts";
import type { Server } from "./server.ts";
import { summarize } from "./statistics.ts";
import { COLD_START } from "./subject.ts";
import type { Row } from "./table.ts";

/** How often to look at a page's title. */
const LOOK_MS = 250;

/**
 * Milliseconds until the page has its first token. No debugger is attached to it, which would make Chromium turn every file that has arrived
 * into text: the page says it in its title.
 */
async function coldStartOf(browser: Browser, url: string): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { targetId } = await session.send("Target.createTarget", { url });
  for (;;) {
    await setTimeout(LOOK_MS);
    // No event tells of a new title.
    const { targetInfo } = await session.send("Target.getTargetInfo", { targetId });
    if (!targetInfo.title.startsWith(COLD_START)) continue;
    const said = targetInfo.title.slice(COLD_START.length);
    if (Number.isNaN(Number(said))) throw new Error(said);
    return Number(said);
  }
}

/** Bytes, time and memory up to the first token, each time in a browser that was just started: nothing is cached. */
export async function measureColdStarts(
  columns: readonly Column[],
  server: Server,
  launch: Launch,
  repetitions: number,
): Promise<Row[]> {
  const samples = columns.map(() => ({ bytes: [] as number[], seconds: [] as number[], memory: [] as number[] }));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [i, column] of columns.entries()) {
      const sample = samples[i]!;
      const browser = await launch();
      try {
        await browser.newPage();
        const before = await browserMemory(browser);
        server.takeBytes();
        const milliseconds = await coldStartOf(browser, pageOf(column, server));
        sample.seconds.push(milliseconds / 1000);
        sample.bytes.push(server.takeBytes() / 1e6);
        const after = await browserMemory(browser);
        if (before !== null && after !== null) sample.memory.push((after - before) / 1e6);
        console.error(`cold ${nameOf(column)}: ${(milliseconds / 1000).toFixed(2)} s`);
      } finally {
        await browser.close();
      }
    }
  }
  const row = (label: string, unit: string, key: "bytes" | "seconds" | "memory"): Row => ({
    label,
    unit,
    better: "lower",
    cells: samples.map((sample) => (sample[key].length > 0 ? summarize(sample[key], "lower") : null)),
  });
  return [
    row("fetched before the first token", "MB", "bytes"),
    row("cold start to the first token", "s", "seconds"),
    row("memory at the first token", "MB", "memory"),
  ];
}
