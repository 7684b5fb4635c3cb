import { gzipSync } from "node:zlib";
import { action, wakeDemo } from "../demos/demo.ts";
import { expect, test, wakeIslands } from "../fixtures.ts";
import { pages } from "./pages.ts";

/** Kilobytes of JavaScript, gzipped, that a page may load in all once the reader has scrolled through it. */
const scriptBudget = 250;

for (const path of pages) {
  test(`${path} keeps its budget`, async ({ page, open, requests }) => {
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      if (/\.js$/.test(new URL(response.url()).pathname)) scripts.push(response.body());
    });
    await open(path);
    await wakeIslands(page);
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).byteLength);
    const total = sizes.reduce((sum, size) => sum + size, 0) / 1024;
    expect(total, "kB of JavaScript").toBeLessThanOrEqual(scriptBudget);

    // Beside the folders of the models there are their list, and the page about them.
    const models = requests.filter((url) => /\/models\/[^/]+\//.test(new URL(url).pathname));
    expect(models, "files of models fetched before the reader has started a demo").toEqual([]);
  });
}

test("the engine's worker is one file: no part of it is asked for only when the rest has arrived", async ({
  page,
  open,
}) => {
  const script = page.waitForResponse(/\/worker-[^/]+\.js$/);
  await open("/gpt-bert/decoding/");
  await action(await wakeDemo(page, "step"), "run").click();
  expect(await (await script).text()).not.toMatch(/\b(?:from|import)\s*["'`]\.{1,2}\//);
});
