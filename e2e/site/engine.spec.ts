import { gzipSync } from "node:zlib";
import { run, wakeDemo } from "../demos/demo.ts";
import { expect, test } from "../fixtures.ts";

test("the engine is the worker, one file without parts that wait for it, and a backend; both are small", async ({
  page,
  open,
}) => {
  const [worker, cpu] = ["worker", "cpu"].map((name) =>
    page.waitForResponse(new RegExp(`/${name}-[^/]+\\.js$`)).then((response) => response.text()),
  );
  await open("/gpt-bert/decoding/");
  const demo = await wakeDemo(page, "step");
  await run(demo);
  expect(await worker).not.toMatch(/\b(?:from|import)\s*["'`]\.{1,2}\//);
  const gzipped = [await worker, await cpu].map((script) => gzipSync(script!).byteLength);
  // The client, among the page's own scripts, has two more.
  expect(gzipped.reduce((sum, size) => sum + size) / 1000, "kB of the engine").toBeLessThanOrEqual(58);
});
