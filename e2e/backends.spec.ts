import type { Page } from "@playwright/test";
import { differences } from "./contract/compare.ts";
import { FORWARD, hashOf } from "./contract/row.ts";
import { rows } from "./contract/rows.ts";
import { Visit } from "./contract/visit.ts";
import { expect, warmTest as test } from "./fixtures.ts";
import { addressOf, type Backend } from "./warm-pages.ts";

/** Every demo once on either backend, with the same settings: what it saves agrees, number by number. */
for (const row of rows) {
  const { page: path, demo, backends: agreement = FORWARD } = row;
  if (!agreement) continue;

  test(`${path} ${demo}`, async ({ openOn, another, baseURL }) => {
    const runOn = async (backend: Backend): Promise<string[][]> => {
      const visit = new Visit(await opened(backend), row);
      await visit.prepare();
      if (agreement.enough) await visit.runUntil(agreement.enough);
      else await visit.run();
      await expect(visit.demo.getByText(backend === "cpu" ? /^CPU · / : /^WebGPU · /)).toBeVisible();
      return visit.record();
    };
    // What is stored on one page is there on all of its profile.
    const opened = async (backend: Backend): Promise<Page> => {
      if (!row.keeps) return openOn(path + hashOf(row), backend);
      const page = await another("a new one");
      await page.goto(addressOf(path + hashOf(row), backend, baseURL));
      return page;
    };
    expect(differences(await runOn("cpu"), await runOn("webgpu"), agreement)).toEqual([]);
  });
}
