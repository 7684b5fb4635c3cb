import type { Page } from "@playwright/test";
import { action, result, run, wakeDemo } from "../demos/demo.ts";
import { expect, test } from "../fixtures.ts";

const PAGE = "/gpt-bert/visual-bert/masked-lm/";
const DEMO = "mask-rule";

// So low that the demo is not in view when its page opens.
test.use({ viewport: { width: 1280, height: 400 } });

test("on a slow line a button waits for its script, and then works", async ({ page, open }) => {
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  const speed = (750 * 1000) / 8;
  const slow = { offline: false, latency: 300, downloadThroughput: speed, uploadThroughput: speed };
  await line.send("Network.emulateNetworkConditions", slow);
  await open(PAGE);
  const demo = page.locator(`[data-demo="${DEMO}"]`);
  // Not yet seen, so not yet asked for.
  await expect(action(demo, "run")).toBeDisabled();
  await expect(demo.getByLabel("一句话", { exact: true })).toBeDisabled();
  await expect(action(demo, "copy-link")).toBeDisabled();
  await demo.scrollIntoViewIfNeeded();
  await expect(action(demo, "run")).toBeEnabled();
  await line.send("Network.emulateNetworkConditions", { ...slow, latency: 0, downloadThroughput: -1 });
  await run(demo);
});

test.describe("a script that does not come", () => {
  test.use({ provoked: /Failed to (load|fetch)|ERR_/ });

  /** The script of the demo's island, however it is asked for. */
  async function scriptOf(page: Page, name: string): Promise<RegExp> {
    const island = page.locator("astro-island").filter({ has: page.locator(`[data-demo="${name}"]`) });
    const file = (await island.getAttribute("component-url"))?.split("/").at(-1) ?? "";
    return new RegExp(file.replaceAll(".", "\\."));
  }

  test("is said to have not, and comes at the next try", async ({ page, open }) => {
    await open(PAGE);
    const script = await scriptOf(page, DEMO);
    await page.route(script, (route) => route.abort());
    const demo = page.locator(`[data-demo="${DEMO}"]`);
    await demo.scrollIntoViewIfNeeded();
    await expect(result(demo, "missing-script")).toContainText("这个演示的程序没有下载成功");
    await expect(action(demo, "run")).toBeDisabled();
    await page.unroute(script);
    await action(demo, "retry-script").click();
    await wakeDemo(page, DEMO);
    await expect(result(demo, "missing-script")).toHaveCount(0);
    await run(demo);
  });

  test("comes by itself when the network is back", async ({ page, open, context }) => {
    await open(PAGE);
    await context.setOffline(true);
    const demo = page.locator(`[data-demo="${DEMO}"]`);
    await demo.scrollIntoViewIfNeeded();
    await expect(result(demo, "missing-script")).toBeVisible();
    await context.setOffline(false);
    await wakeDemo(page, DEMO);
    await expect(result(demo, "missing-script")).toHaveCount(0);
    await expect(action(demo, "run")).toBeEnabled();
  });

  test("of the engine, too, is a fault of the network", async ({ page, open }) => {
    await open(PAGE);
    const demo = await wakeDemo(page, DEMO);
    await page.route("**/_astro/worker-*.js", (route) => route.abort());
    await action(demo, "run").click();
    await expect(result(demo, "error")).toContainText("网络没有响应");
    await page.unroute("**/_astro/worker-*.js");
    await run(demo);
  });
});
