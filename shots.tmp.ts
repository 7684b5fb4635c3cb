import { chromium } from "@playwright/test";
import { browserLaunchOptions } from "/work/wt/pages/scripts/browser.ts";
const [base, dir, ...names] = process.argv.slice(2);
const paths: Record<string,string> = { home: "/", contents: "/contents/", nf: "/404.html", opening: "/gpt-bert/decoding/", model: "/gpt-bert/decoding/model/", greedy: "/gpt-bert/decoding/greedy/", beam: "/gpt-bert/decoding/beam/", sampling: "/gpt-bert/decoding/sampling/", topk: "/gpt-bert/decoding/top-k/", topp: "/gpt-bert/decoding/top-p/", combined: "/gpt-bert/decoding/combined/", bert: "/gpt-bert/visual-bert/" };
const browser = await chromium.launch(await browserLaunchOptions());
for (const spec of names) {
  const [name, width = "1280", theme = "light", run = ""] = spec.split(",");
  const context = await browser.newContext({ viewport: { width: Number(width), height: 900 }, colorScheme: theme as "light", locale: "zh-CN", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${base}${paths[name!]}?backend=cpu`);
  await page.waitForTimeout(800);
  if (run) {
    const demo = page.locator(`[data-demo="${run}"]`);
    await demo.scrollIntoViewIfNeeded();
    await page.waitForFunction((r) => !document.querySelector(`[data-demo="${r}"]`)?.closest("astro-island")?.hasAttribute("ssr"), run);
    await demo.locator('[data-action="run"]').click();
    await page.waitForFunction((r) => document.querySelector(`[data-demo="${r}"]`)?.getAttribute("data-state") === "done", run, { timeout: 120000 });
  }
  const h = await page.evaluate(() => document.documentElement.scrollHeight);
  console.log(name, width, theme, "height", h, (h / 900).toFixed(1));
  await page.screenshot({ path: `${dir}/${name}-${width}-${theme}${run ? "-run" : ""}.png`, fullPage: true });
  await context.close();
}
await browser.close();
