import type { Locator, Page } from "@playwright/test";
import { logSoftmax, softmax } from "../../src/engine/decoding/softmax.ts";
import { openModel } from "../../src/engine/node.ts";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, expectDone, pressIfThere, result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/";
const SENTENCE = "猫坐在椅子上。";

async function begin(page: Page): Promise<Locator> {
  const demo = await wakeDemo(page, "fill-mask");
  await run(demo);
  return demo;
}

const card = (demo: Locator, place: number) => result(demo, "sentence").locator(`[data-place="${place}"]`);
const hidden = (demo: Locator) => result(demo, "sentence").locator('[data-place] button[aria-pressed="true"]');
const bars = (demo: Locator) => result(demo, "guesses").locator("tbody tr");

async function numbers(demo: Locator): Promise<number[]> {
  const values = await result(demo, "sentence")
    .locator('[data-band="注意力"]')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute("data-value")));
  return values.map(Number);
}

test("guesses, attention and the effect of a neighbour are what the model gives in Node", async ({ page, open }) => {
  const model = await openModel("public/models/bert-zh");
  if (model.architecture !== "bert") throw new Error("bert-zh is a BERT.");
  const mask = model.tokenizer.id("[MASK]")!;
  const { ids } = model.tokenizer.encode(SENTENCE);
  const read = async (...places: number[]) => {
    const seen = ids.map((id, place) => (places.includes(place) ? mask : id));
    const { logits, traces } = await model.forward(seen, { trace: ["blocks.*.attn.pattern"] });
    const size = model.config.vocabularySize;
    return { logits: logits!.data.slice(4 * size, 5 * size), patterns: [...traces.values()] };
  };
  const plain = await read(4);
  const probabilities = softmax(plain.logits);
  const first = probabilities.indexOf(Math.max(...probabilities));

  await open(PAGE);
  const demo = await begin(page);
  await expect(bars(demo)).toHaveCount(8);
  await expect(bars(demo).first().locator(".token")).toHaveText(model.tokenizer.token(first));
  await expect(result(demo, "verdict")).toContainText(model.tokenizer.token(first));

  // The mean over all layers and heads of the row of the hidden place.
  const { layers, heads } = model.config;
  const n = ids.length;
  const mean = ids.map((_, place) =>
    plain.patterns
      .flatMap(({ data }) => Array.from({ length: heads }, (_, head) => data[(head * n + 4) * n + place]!))
      .reduce((sum, weight) => sum + weight / (layers * heads), 0),
  );
  const shown = await numbers(demo);
  expect(shown).toHaveLength(n);
  for (const [place, weight] of shown.entries()) expect(weight).toBeCloseTo(mean[place]!, 3);
  expect(shown.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);

  // Every other character was hidden as well; the fifth is the one behind the gap.
  const rows = await savedRecords(page, demo);
  const measured = rows.filter((row) => row["再遮住它 ln p 少了"] !== "");
  expect(measured.map((row) => row.词元).join("")).toBe("猫坐在子上。");
  const both = await read(4, 5);
  const drop = logSoftmax(plain.logits)[ids[4]!]! - logSoftmax(both.logits)[ids[4]!]!;
  expect(Number(rows[5]?.["再遮住它 ln p 少了"])).toBeCloseTo(drop, 2);
  // The guesses are saved, too.
  const guessed = rows.filter((row) => row.第几猜 !== "");
  expect(guessed.map((row) => [row.位置, row.词元])).toEqual(guessed.map(() => ["4", "椅"]));
  expect(guessed[0]?.猜的词元).toBe(model.tokenizer.token(first));
  expect(Number(guessed[0]?.概率)).toBeCloseTo(probabilities[first]!, 3);
  model.dispose();
});

test("several characters can be hidden, one after the other, and shown again", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await card(demo, 1).getByRole("button").click();
  await expect(hidden(demo)).toHaveCount(2);
  await expectDone(demo);
  await expect(result(demo, "guesses").getByRole("table", { name: "第 1 个空的猜测" })).toBeVisible();
  await demo.getByRole("radio", { name: "第 2 个" }).check();
  await expect(result(demo, "guesses").getByRole("table", { name: "第 2 个空的猜测" })).toBeVisible();
  // Nobody hides the other gap once more.
  await expect(card(demo, 1).locator('[data-band*="ln p"]')).toHaveCount(0);
  await expect(card(demo, 2).locator('[data-band*="ln p"]')).toHaveCount(1);
  for (const place of [1, 4]) {
    await card(demo, place).getByRole("button").click();
    await expectDone(demo);
  }
  await expect(result(demo, "verdict")).toContainText("没有遮住的字");
  await expect(result(demo, "guesses")).toHaveCount(0);
});

test("a head's own attention: its strongest token is the one in the table of heads", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  const cell = result(demo, "heads").getByRole("button").nth(6);
  await cell.click();
  await expect(demo.getByRole("group", { name: "哪一层的注意力" }).getByRole("radio", { name: "2" })).toBeChecked();
  await expect(demo.getByRole("group", { name: "哪个头" }).getByRole("radio", { name: "3" })).toBeChecked();
  const weights = await numbers(demo);
  const strongest = weights.indexOf(Math.max(...weights));
  const token = await cell.locator("b").textContent();
  const there = (await card(demo, strongest).locator("button, .token").first().textContent())?.trim();
  expect(token?.trim()).toBe(there);
});

test("a sentence of the list is filled in with its gap; the number of guesses is the reader's", async ({
  page,
  open,
}) => {
  await open(PAGE);
  const demo = await begin(page);
  await demo.getByLabel("或者从六十句里选一句").selectOption({ label: "北京是中国的首▢。" });
  await expect(demo.getByLabel("一句话")).toHaveValue("北京是中国的首都。");
  await expectDone(demo);
  await expect(card(demo, 8).getByRole("button")).toHaveAttribute("aria-pressed", "true");
  await setNumber(demo, "前几名", 3);
  await expect(bars(demo)).toHaveCount(3);
});

test("says what cannot be read, and goes on with what can", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "fill-mask");
  const field = demo.getByLabel("一句话");
  await field.fill("");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText("至少一个字");
  await field.fill("猫".repeat(600));
  await expect(field).toHaveValue("猫".repeat(60));
  await action(demo, "run").click();
  // What comes first is there long before sixty more gaps have been tried; nobody has to wait for those.
  await expect(result(demo, "sentence").locator("[data-place]")).toHaveCount(62);
  await pressIfThere(demo, "cancel");
  await expect(action(demo, "run")).toBeEnabled();
  await field.fill("猫👍🏽");
  await expectDone(demo);
  await expect(demo.getByText(/词表里没有「👍🏽」/)).toBeVisible();
  // Out of nothing it still guesses.
  await field.fill("[MASK]");
  await expectDone(demo);
  await expect(bars(demo)).toHaveCount(8);
  await expect(result(demo, "error")).toHaveCount(0);
});

test("survives being cancelled and restarted twenty times", async ({ page, open }) => {
  await open(`${PAGE}#fill-mask?fill-mask.masks=0.4.99.x.-1`);
  const demo = await wakeDemo(page, "fill-mask");
  for (let i = 0; i < 20; i++) {
    await pressIfThere(demo, "run");
    if (i % 2) await pressIfThere(demo, "cancel");
  }
  await expect(action(demo, "run")).toBeEnabled();
  await run(demo);
  await expect(hidden(demo)).toHaveCount(1);
});
