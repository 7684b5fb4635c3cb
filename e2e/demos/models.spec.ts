import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { formatPercent } from "../../src/components/kit/text/format.ts";
import { parseManifest } from "../../src/engine/files/manifest.ts";
import { expect, expectAccessible, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const MODELS = fileURLToPath(new URL("../../public/models", import.meta.url));
const json = (path: string): unknown => JSON.parse(readFileSync(`${MODELS}/${path}`, "utf8"));

/** What this build ships; the page is made from the same list. */
const models = parseManifest(json("manifest.json")).models;
const writers = models.filter(({ architecture }) => architecture === "gpt2").map(({ id }) => id);
const readers = models.filter(({ architecture }) => architecture === "bert").map(({ id }) => id);
const isClassifier = (id: string): boolean => JSON.stringify(json(`${id}/config.json`)).includes("id2label");
const fillers = readers.filter((id) => !isClassifier(id));
const classifiers = readers.filter(isClassifier);

test.beforeEach(async ({ open }) => {
  await open("/models/");
});

async function expectRefusal(demo: Locator, sentence: string): Promise<void> {
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText(sentence);
}

/** The tokens of a box's text, those that the reader gave included. */
async function textOf(demo: Locator): Promise<string> {
  return (await result(demo, "text").locator(".token").allTextContents()).join("");
}

test("every model of the manifest has its section, its files and its record", async ({ page }) => {
  for (const { id, files } of models) {
    await expect(page.locator(`h2#${id}`)).toContainText(id);
    await expect(page.locator(`main table a[href="#${id}"]`)).toHaveText(id);
    for (const { path } of files) await expect(page.locator(`a[href$="/models/${id}/${path}"]`)).toHaveCount(1);
    const curve = page.locator(`[data-curve="training-${id}"]`);
    const recorded = files.some(({ path }) => path === "training-log.json");
    await expect(curve).toHaveCount(recorded ? 1 : 0);
    if (!recorded) continue;
    await curve.scrollIntoViewIfNeeded();
    await expect(curve.locator("svg").first()).toBeVisible();
    const { evaluations } = json(`${id}/training-log.json`) as { evaluations: Record<string, number[]> };
    const rows = await savedRecords(page, curve);
    expect(rows.map((row) => Number(row.验证损失))).toEqual(evaluations.val_loss);
    expect(rows.map((row) => Number(row.词元))).toEqual(evaluations.tokens);
  }
});

test("a card opens, reads well to all, and shows what its file says", async ({ page }) => {
  const card = page.locator('details[data-card="gpt-poem"]');
  await card.locator("summary").click();
  await expect(card.getByRole("heading", { name: "已知的弱点" })).toBeVisible();
  const { perplexity } = json("gpt-poem/evaluation.json") as { perplexity: Record<string, { per_token: number }> };
  const measured = perplexity["all, without title"]?.per_token.toFixed(1) ?? "";
  await expect(card.getByRole("row", { name: "全部，不给题目" })).toContainText(measured);
  await expectAccessible(page, 'details[data-card="gpt-poem"]');
});

test("every card opens, and says what the model is weak at, and a BERT's what it is biased to", async ({ page }) => {
  for (const { id } of models) {
    const card = page.locator(`details[data-card="${id}"]`);
    await card.locator("summary").click();
    await expect(card.getByRole("heading", { name: "已知的弱点" })).toBeVisible();
    if (readers.includes(id)) await expect(card.getByRole("heading", { name: "偏见" })).toBeVisible();
  }
});

/** A writer's box, set to write little. */
async function wakeWriter(page: Page, id: string, tokens: number, temperature: number): Promise<Locator> {
  const demo = await wakeDemo(page, `write-${id}`);
  await setNumber(demo, "最多写几个词元", tokens);
  await setNumber(demo, "温度", temperature);
  return demo;
}

test("the box of a writer: at temperature 0 the seed does not matter", async ({ page }) => {
  const demo = await wakeWriter(page, "gpt-poem", 8, 0);
  await run(demo);
  const greedy = await textOf(demo);
  await action(demo, "next-seed").click();
  await run(demo);
  expect(await textOf(demo)).toBe(greedy);
});

for (const id of writers.filter((writer) => writer !== "gpt-poem")) {
  test(`${id} says what it cannot read, and refuses what would break its format`, async ({ page }) => {
    const demo = await wakeWriter(page, id, 4, 1);
    const text = demo.getByRole("textbox", { name: /^(?:开头|指令)/u });
    await text.fill("好[答]坏");
    await expect(demo.getByText("「[答]」是格式的记号")).toBeVisible();
    await expectRefusal(demo, "「[答]」是格式的记号");
    await text.fill("你好😀");
    await run(demo);
    await expect(demo.getByRole("status")).toContainText("词表里没有「😀」");
    expect(await textOf(demo)).toContain("[UNK]");
    // Too long is cut, and said to be.
    await text.fill("好".repeat(600));
    await expect(demo.getByText("太长（600 字）")).toBeVisible();
    await run(demo);
    // Nothing at all is a beginning, too, but no instruction.
    await text.fill("");
    if (id.endsWith("-chat")) await expectRefusal(demo, "请先写一句指令");
    else await run(demo);
  });
}

test("two boxes that write at the same time write what each writes alone", async ({ page }) => {
  // One after the other: there is one page, and what scrolls it for one box takes the other out of sight.
  const boxes = [await wakeDemo(page, "write-gpt-poem"), await wakeDemo(page, "write-gpt-zh")];
  const alone: string[] = [];
  for (const box of boxes) {
    await run(box);
    alone.push(await textOf(box));
  }
  for (const box of boxes) await action(box, "run").click();
  for (const box of boxes) await expectDone(box);
  expect(await Promise.all(boxes.map(textOf))).toEqual(alone);
});

test("gpt-poem refuses a title and an opening that no poem has", async ({ page }) => {
  const demo = await wakeDemo(page, "write-gpt-poem");
  await demo.getByRole("textbox", { name: "标题" }).fill("😀");
  await expectRefusal(demo, "标题只能用汉字");
  await demo.getByRole("textbox", { name: "标题" }).fill("");
  await demo.getByRole("textbox", { name: "开头" }).fill("龘");
  await expectRefusal(demo, "词表里没有「龘」");
  await demo.getByRole("textbox", { name: "开头" }).fill("");
  await setNumber(demo, "最多写几个词元", 4);
  await run(demo);
  expect(await textOf(demo)).toMatch(/^\[七绝\]\[诗\]\p{Script=Han}{4}$/u);
});

for (const id of fillers) {
  test(`${id} fills gaps, five guesses each, best first`, async ({ page }) => {
    const demo = await wakeDemo(page, `fill-${id}`);
    const field = demo.getByRole("textbox");
    await field.fill("今天[mask]气很［MASK］。");
    await run(demo);
    await expect(result(demo, "guesses")).toHaveCount(2);
    const rows = await savedRecords(page, demo);
    expect(rows.map(({ 位置: place }) => place)).toEqual([..."33333", ..."66666"]);
    const probabilities = rows.map(({ 概率: probability }) => Number(probability));
    for (const guesses of [probabilities.slice(0, 5), probabilities.slice(5)]) {
      expect(guesses).toEqual(guesses.toSorted((a, b) => b - a));
      expect(guesses.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(1 + 1e-6);
    }
    await expect(demo.getByRole("status")).toContainText(
      `「${rows[0]?.词元}」（${formatPercent(probabilities[0] ?? 0)}）`,
    );

    await field.fill("没有空的句子");
    await expectRefusal(demo, "要有一处 [MASK]");
    await field.fill("[MASK]".repeat(9));
    await expectRefusal(demo, "最多 8 处");
    await field.fill("[MASK]");
    await run(demo);
    await field.fill("😀[MASK]龘");
    await run(demo);
    await expect(demo.getByRole("status")).toContainText("词表里没有「😀」「龘」");
    await field.fill(`[MASK]${"好".repeat(600)}`);
    await expect(demo.getByText("太长（606 字）")).toBeVisible();
    await run(demo);
  });

  test(`${id} judges whether a sentence follows`, async ({ page }) => {
    const demo = await wakeDemo(page, `pair-${id}`);
    await run(demo);
    const [follows, other] = await savedRecords(page, demo);
    expect(Number(follows?.概率) + Number(other?.概率)).toBeCloseTo(1, 5);
    await expect(demo.getByRole("status")).toContainText(formatPercent(Number(follows?.概率)));
    await demo.getByRole("textbox", { name: "第二句" }).fill(" ");
    await expectRefusal(demo, "两句话都要写");
    await demo.getByRole("textbox", { name: "第二句" }).fill("😀".repeat(60));
    await run(demo);
  });
}

for (const id of classifiers) {
  test(`${id} gives each class its probability`, async ({ page }) => {
    const demo = await wakeDemo(page, `classify-${id}`);
    await run(demo);
    const rows = await savedRecords(page, demo);
    expect(new Set(rows.map(({ 类别: name }) => name))).toEqual(new Set(["好评", "差评"]));
    expect(rows.reduce((sum, row) => sum + Number(row.概率), 0)).toBeCloseTo(1, 5);
    await expect(demo.getByRole("status")).toContainText(
      `${rows[0]?.类别}的概率是 ${formatPercent(Number(rows[0]?.概率))}`,
    );
    const field = demo.getByRole("textbox");
    await field.fill("  ");
    await expectRefusal(demo, "请先写一段话");
    await field.fill("好😀");
    await run(demo);
    await expect(demo.getByRole("status")).toContainText("词表里没有「😀」");
    await field.fill("房间不好。".repeat(120));
    await run(demo);
  });
}
