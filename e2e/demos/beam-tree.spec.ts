import type { Locator, Page } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, pressIfThere, result, run, savedRows, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/decoding/beam/";

async function begin(page: Page): Promise<Locator> {
  const demo = await wakeDemo(page, "beam-tree");
  await demo.getByLabel("开头").fill("山中");
  return demo;
}

/** Runs the search to its end. */
async function search(demo: Locator): Promise<void> {
  await run(demo);
  await expect(result(demo, "greedy")).toBeVisible();
}

const poems = (demo: Locator) => result(demo, "nbest").locator("li");
const nodes = (demo: Locator) => demo.getByRole("treeitem");

function scores(items: Locator): Promise<number[]> {
  return items.evaluateAll((elements) => elements.map((element) => Number(element.getAttribute("data-score"))));
}

test("draws what every step kept and dropped", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "束宽", 3);
  await setNumber(demo, "最多词元数", 6);
  await search(demo);
  for (let step = 1; step < 6; step++) {
    const column = demo.locator(`[data-step="${step}"]`);
    await expect(column).toHaveCount(6);
    await expect(column.and(demo.locator('[data-fate="kept"]'))).toHaveCount(3);
  }
  // A score is the sum of the log-probabilities along the branch.
  const rows = await savedRows(page, demo);
  const totals = new Map(rows.map(([, , , text, , total]) => [text, Number(total)]));
  for (const [, , token = "", text = "", own, total] of rows) {
    const parent = totals.get(text.slice(0, -token.length)) ?? 0;
    expect.soft(Number(total), text).toBeCloseTo(parent + Number(own), 3);
  }
});

test("the n-best list is sorted, complete and as long as asked for", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "束宽", 6);
  await setNumber(demo, "给出几首（n-best）", 5);
  await setNumber(demo, "最多词元数", 10);
  await search(demo);
  await expect(poems(demo)).toHaveCount(5);
  const found = await scores(poems(demo));
  expect(found).toEqual(found.toSorted((a, b) => b - a));
  const texts = await poems(demo).locator(".poem").allTextContents();
  expect(new Set(texts).size).toBe(5);
  for (const text of texts) expect(text.startsWith("山中")).toBe(true);
});

test("one beam is greedy decoding", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "束宽", 1);
  await setNumber(demo, "重复惩罚", 1.2);
  await expect(demo.getByText("束宽 1 就是贪心。")).toBeVisible();
  await search(demo);
  const [beam] = await scores(poems(demo));
  const [greedy] = await scores(result(demo, "greedy"));
  expect(beam).toBeCloseTo(greedy ?? Number.NaN, 4);
  expect(await poems(demo).locator(".poem").textContent()).toBe(
    await result(demo, "greedy").locator(".poem").textContent(),
  );
  await expect(result(demo, "comparison")).toContainText("同一首");
});

test("sixteen beams work, and find nothing worse than greedy's score", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "束宽", 16);
  await setNumber(demo, "给出几首（n-best）", 16);
  await setNumber(demo, "长度惩罚 α", 0);
  await setNumber(demo, "最多词元数", 5);
  await search(demo);
  await expect(poems(demo)).toHaveCount(16);
  await expect(demo.locator('[data-step="2"]')).toHaveCount(32);
  const [[best], [greedy]] = await Promise.all([scores(poems(demo)), scores(result(demo, "greedy"))]);
  expect(best).toBeGreaterThanOrEqual((greedy ?? Number.NaN) - 1e-4);
});

test("a node tells its text and scores; arrow keys walk along the tree", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "最多词元数", 6);
  await search(demo);
  const winner = demo.locator(".winning").and(nodes(demo));
  const last = winner.last();
  await last.click();
  await expect(last).toHaveAttribute("aria-selected", "true");
  const score = Number(await last.getAttribute("data-score"));
  await expect(result(demo, "node")).toContainText(score.toFixed(2).replace("-", "−"));
  await page.keyboard.press("ArrowLeft");
  await expect(winner.nth(-2)).toBeFocused();
  await expect(winner.nth(-2)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(demo.locator(":focus")).toHaveAttribute("aria-selected", "true");
});

test("the replay shows the search as it was", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "最多词元数", 6);
  await search(demo);
  await expect(demo.locator(".ring")).toHaveCount(6);
  await setNumber(demo, "回放：看到第几步", 2);
  await expect(nodes(demo)).toHaveCount(16);
  await expect(demo.locator(".ring")).toHaveCount(0);
  const table = demo.getByRole("table");
  await demo.getByText("第 2 步的 8 个候选，列成表").click();
  await expect(table.locator("tbody tr")).toHaveCount(8);
});

test("more results than beams: as many as there are beams, and says so", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "束宽", 2);
  await setNumber(demo, "给出几首（n-best）", 9);
  await setNumber(demo, "最多词元数", 4);
  await expect(demo.getByText("最多给出束宽那么多：2 首。")).toBeVisible();
  await search(demo);
  await expect(poems(demo)).toHaveCount(2);
});

test("says which characters it cannot read", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await demo.getByLabel("标题").fill("春😀");
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("😀");
  await demo.getByLabel("标题").fill("");
  await setNumber(demo, "最多词元数", 4);
  await search(demo);
  await expect(result(demo, "error")).toHaveCount(0);
});

test("survives being cancelled and restarted twenty times", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "最多词元数", 8);
  for (let i = 0; i < 20; i++) {
    await pressIfThere(demo, "run");
    // Sometimes at once, sometimes when the tree has begun to grow.
    if (i % 5 === 4) await expect(nodes(demo).first()).toBeVisible();
    await pressIfThere(demo, "cancel");
    await expect(action(demo, "run")).toBeEnabled();
  }
  await search(demo);
  await expect(demo.locator('[data-step="1"]')).toHaveCount(8);
  await expect(poems(demo)).toHaveCount(3);
  await expect(page.locator('[data-demo="beam-tree"]')).toHaveCount(1);
});
