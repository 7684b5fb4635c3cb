import { differences } from "./contract/compare.ts";
import { FORWARD, hashOf } from "./contract/row.ts";
import { rows } from "./contract/rows.ts";
import { Visit } from "./contract/visit.ts";
import { expect, warmTest as test } from "./fixtures.ts";
import type { Backend } from "./warm-pages.ts";

/** Every demo once on either backend, with the same settings: what it saves agrees, number by number. */
for (const row of rows) {
  const { page: path, demo, backends: agreement = FORWARD } = row;
  if (!agreement) continue;

  test(`${path} ${demo}`, async ({ openOn }) => {
    const runOn = async (backend: Backend): Promise<string[][]> => {
      const visit = new Visit(await openOn(path + hashOf(row), backend), row);
      await visit.prepare();
      if (agreement.enough) await visit.runUntil(agreement.enough);
      else await visit.run();
      await expect(visit.demo.getByText(backend === "cpu" ? /^CPU · / : /^WebGPU · /)).toBeVisible();
      return visit.record();
    };
    expect(differences(await runOn("cpu"), await runOn("webgpu"), agreement)).toEqual([]);
  });
}
