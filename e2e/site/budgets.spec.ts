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

test("the engine is the worker, one file without parts that wait for it, and a backend; both are small", async ({
  page,
  open,
}) => {
  const [worker, cpu] = ["worker", "cpu"].map((name) =>
    page.waitForResponse(new RegExp(`/${name}-[^/]+\\.js$`)).then((response) => response.text()),
  );
  await open("/gpt-bert/decoding/");
  const demo = await wakeDemo(page, "step");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done");
  expect(await worker).not.toMatch(/\b(?:from|import)\s*["'`]\.{1,2}\//);
  const gzipped = [await worker, await cpu].map((script) => gzipSync(script!).byteLength);
  // The client, among the page's own scripts, has two more.
  expect(gzipped.reduce((sum, size) => sum + size) / 1000, "kB of the engine").toBeLessThanOrEqual(58);
});
