import { followProbability } from "../../src/components/subjects/sentences/pairs.ts";
import { openBertZh } from "../../src/engine/testing/bert-zh.ts";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, run, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/next-sentence/";

test("judges two sentences, and the other way round", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "next-sentence");
  await run(demo);
  const verdict = result(demo, "verdict");
  const probability = Number(await verdict.getAttribute("data-probability"));
  const first = await demo.getByRole("textbox", { name: "第一句" }).inputValue();
  const second = await demo.getByRole("textbox", { name: "第二句" }).inputValue();
  const bert = await openBertZh();
  const { nextSentence } = await bert.read(bert.tokenizer.encode(first, second));
  bert.dispose();
  expect(probability).toBeCloseTo(followProbability(nextSentence), 3);
  await expect(verdict.locator("b")).toHaveText(probability > 0.5 ? "接着" : "不接");
  await action(demo, "swap").click();
  await expect(demo.getByRole("textbox", { name: "第二句" })).toHaveValue(first);
  await expect(verdict.locator(".pair span").last()).toHaveText(first);
  expect(Number(await verdict.getAttribute("data-probability"))).not.toBe(probability);
});

test("judges pairs of four kinds and counts them", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "next-sentence");
  await run(demo, "all");
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(48);
  expect(new Set(rows.map((row) => row.类)).size).toBe(4);
  for (const row of rows) {
    const says = Number(row["「接着」的概率"]) > 0.5;
    expect(row.判断对了 === "是").toBe(says === (row.真的接着 === "是"));
  }
  const right = rows.filter((row) => row.判断对了 === "是").length;
  await expect(result(demo, "pairs")).toContainText(`一共对 ${right} / ${rows.length} 对`);
  const groups = result(demo, "pairs").locator("details");
  const counts = await groups.evaluateAll((all) => all.map((one) => Number(one.getAttribute("data-right"))));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(right);

  await groups.nth(2).locator("summary").click();
  const pair = groups.nth(2).getByRole("button").first();
  const text = await pair.textContent();
  await pair.click();
  await expect(result(demo, "verdict").locator(".pair")).toHaveText(new RegExp(text!.split("。")[0]!));
});

test("two sentences are needed", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "next-sentence");
  await demo.getByRole("textbox", { name: "第二句" }).fill("");
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("两句话都要写");
  await demo.getByRole("textbox", { name: "第二句" }).fill("😀".repeat(600));
  await run(demo);
  await expect(result(demo, "verdict")).toContainText("词表里没有「😀");
  await demo.getByRole("textbox", { name: "第二句" }).fill("[MASK]");
  await action(demo, "run").click();
  await expect(result(demo, "verdict").locator(".pair")).toContainText("[MASK]");
  await expect(result(demo, "verdict")).not.toContainText("词表里没有");
});
