import { type Column, type Launch, nameOf, openPage } from "./columns.ts";
import { browserMemory } from "./memory.ts";
import type { Server } from "./server.ts";
import { summarize } from "./statistics.ts";
import type { Row } from "./table.ts";

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
        const page = await openPage(browser, server, column);
        const milliseconds = await page.evaluate(() => coldStart);
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
