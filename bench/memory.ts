import { readFile } from "node:fs/promises";
import type { Browser } from "@playwright/test";

/**
 * Memory of all processes of the browser together, in bytes: what a page costs, wherever it lies. Shared pages count once (PSS). Null where
 * the system has no /proc.
 */
export async function browserMemory(browser: Browser): Promise<number | null> {
  if (process.platform !== "linux") return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = await Promise.all(processInfo.map(({ id }) => processMemory(id)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function processMemory(id: number): Promise<number> {
  const rollup = await readFile(`/proc/${id}/smaps_rollup`, "utf8");
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  if (kilobytes === undefined) throw new Error(`no Pss of process ${id}`);
  return Number(kilobytes) * 1024;
}
