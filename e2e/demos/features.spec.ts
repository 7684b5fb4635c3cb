import type { Locator, Page } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/features/";
/** As few splits as there can be, and a short walk. */
const SMALL = "features.repeats=1&features.steps=50";

async function begin(page: Page, open: (path: string) => Promise<void>, settings = ""): Promise<Locator> {
  await open(`${PAGE}#?${SMALL}${settings}`);
  return wakeDemo(page, "features");
}

async function run(demo: Locator): Promise<void> {
  await action(demo, "run").click();
  // A hundred and fifty sentences, and nineteen probes.
  await expectDone(demo, 200_000);
}

test.slow();

const points = (demo: Locator): Locator => demo.getByRole("option");
const places = (demo: Locator): Promise<(string | null)[]> =>
  points(demo).evaluateAll((all) => all.map((point) => point.getAttribute("transform")));

test("reads the sentences, draws them, and measures every representation on sentences held out", async ({
  page,
  open,
}) => {
  const demo = await begin(page, open);
  await run(demo);
  await expect(points(demo)).toHaveCount(152);
  await expect(result(demo, "map")).toContainText(/留下了方差的 \d/);
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(19);
  const accuracy = (name: string, pooling: string): number =>
    Number(rows.find((row) => row.表示 === name && row.取法 === pooling)?.平均准确率);
  for (const { 平均准确率, 最低, 最高, 分法数 } of rows) {
    expect.soft(Number(最低)).toBeLessThanOrEqual(Number(平均准确率));
    expect.soft(Number(最高)).toBeGreaterThanOrEqual(Number(平均准确率));
    expect.soft(Number(分法数)).toBe(5);
  }
  // Before any attention the vector of [CLS] is the same for all, so that the probe can only guess; after six layers it is not.
  expect(accuracy("嵌入层", "[CLS]")).toBeCloseTo(0.2, 6);
  expect(accuracy("第 6 层", "[CLS]")).toBeGreaterThan(0.35);
  expect(accuracy("嵌入层", "各字平均")).toBeGreaterThan(accuracy("逐字统计（对照）", "—"));

  // The best one is named, and a line of the table leads to its map.
  const best = Math.max(...rows.slice(1).map((row) => Number(row.平均准确率)));
  const [name = "", pooling = ""] = ((await result(demo, "best").textContent()) ?? "").split("，");
  expect(accuracy(name, pooling)).toBe(best);
  await demo.getByRole("button", { name: "第 2 层" }).first().click();
  await expect(result(demo, "map")).toContainText("第 2 层");
  await expect(demo.getByRole("radio", { name: "2", exact: true })).toBeChecked();

  // Another question is measured anew.
  await demo.getByRole("radio", { name: "心情" }).check();
  await expect(demo).toHaveAttribute("data-state", "done");
  const moods = await savedRecords(page, demo);
  expect(moods.every((row) => row.分什么 === "心情")).toBe(true);
  expect(Number(moods.find((row) => row.表示 === "嵌入层" && row.取法 === "[CLS]")?.平均准确率)).toBeCloseTo(1 / 3, 6);
});

test("the other model shows nothing before it has read; either's measurements say whose they are", async ({
  page,
  open,
}) => {
  const demo = await begin(page, open);
  const models = async () => new Set((await savedRecords(page, demo)).map((row) => row.模型));
  await run(demo);
  expect(await models()).toEqual(new Set(["—", "bert-zh"]));
  await demo.getByRole("radio", { name: "sentiment-zh" }).check();
  await expect(result(demo, "map")).toHaveCount(0);
  await run(demo);
  expect(await models()).toEqual(new Set(["—", "sentiment-zh"]));
  // What was read need not be read again.
  await demo.getByRole("radio", { name: "bert-zh" }).check();
  await expect(demo).toHaveAttribute("data-state", "done");
  await expect.poll(models).toEqual(new Set(["—", "bert-zh"]));
});

test("t-SNE: a seed gives one map, another seed another one", async ({ page, open }) => {
  const demo = await begin(page, open, "&features.method=t-sne&features.perplexity=5");
  await run(demo);
  await expect(result(demo, "map")).toContainText("困惑度 5，走了 50 步");
  const first = await places(demo);
  await action(demo, "next-seed").click();
  await expect.poll(() => places(demo)).not.toEqual(first);
  await expect(demo).toHaveAttribute("data-state", "done");
  await demo.getByLabel("种子").fill("1");
  await demo.getByLabel("种子").press("Enter");
  await expect.poll(() => places(demo)).toEqual(first);
});

test("the reader's own sentences, whatever they are, are points that can be walked to by keyboard", async ({
  page,
  open,
}) => {
  const demo = await begin(page, open);
  const own = demo.getByLabel("你自己的句子（一行一句）");
  const lines = ["雪真大", "😀🎉", "[MASK]", "𠮷".repeat(3), "。", "长".repeat(600)];
  await own.fill(lines.join("\n"));
  await expect(demo.getByText("第 6 行太长，只留下前 60 个字。")).toBeVisible();
  await run(demo);
  await expect(points(demo)).toHaveCount(156);
  await expect(result(demo, "unknown")).toContainText("词表里没有「😀🎉」");
  await expect(points(demo).filter({ has: page.locator(".own") })).toHaveCount(6);

  await demo.getByRole("option", { name: "你的句子：雪真大" }).focus();
  await expect(result(demo, "sentence")).toContainText("你的句子 雪真大");
  // Wherever it lies, it has a neighbour on some side.
  const seen = new Set<string | null>();
  for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
    await page.keyboard.press(key);
    seen.add(await result(demo, "sentence").textContent());
  }
  expect(seen.size).toBeGreaterThan(1);

  // None at all is fine, too.
  await own.fill(" \n\n");
  await run(demo);
  await expect(points(demo)).toHaveCount(150);
  await demo.getByRole("radio", { name: "t-SNE" }).check();
  await setNumber(demo, "困惑度", 50);
  await expect(demo).toHaveAttribute("data-state", "done");
});
