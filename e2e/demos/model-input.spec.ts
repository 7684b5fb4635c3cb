import type { Locator, Page } from "@playwright/test";
import { openModel } from "../../src/engine/node.ts";
import { expect, warmTest as test } from "../fixtures.ts";
import { result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/input/";

async function begin(page: Page): Promise<Locator> {
  const demo = await wakeDemo(page, "input");
  await run(demo);
  return demo;
}

const tokens = (demo: Locator) => result(demo, "tokens").locator("li");

test("three embeddings add up to the fourth vector, and all are those of the model in Node", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await expect(tokens(demo)).toHaveCount(16);
  await expect(tokens(demo).filter({ hasText: "段 B" })).toHaveCount(8);
  await tokens(demo).nth(9).getByRole("button").click();

  const model = await openModel("public/models/bert-zh");
  if (model.architecture !== "bert") throw new Error("bert-zh is a BERT.");
  const { ids, segments } = model.tokenizer.encode("猫喜欢吃鱼。", "狗喜欢吃骨头。");
  const names = { 词嵌入: "embed", 段嵌入: "token_type_embed", 位置嵌入: "pos_embed", 层归一化以后: "full_embed" };
  const { traces } = await model.forward(ids, { segments, trace: Object.values(names) });
  const rows = await savedRecords(page, demo);
  const { width } = model.config;
  expect(rows).toHaveLength(width);
  for (const [i, row] of rows.entries()) {
    for (const [column, name] of Object.entries(names)) {
      expect(Math.abs(Number(row[column]) - traces.get(name)!.data[9 * width + i]!), column).toBeLessThan(1e-3);
    }
    const sum = Number(row.词嵌入) + Number(row.段嵌入) + Number(row.位置嵌入);
    expect(Number(row.三者之和)).toBeCloseTo(sum, 5);
  }
  model.dispose();
  // The three angles are those of the three vectors.
  const [word = [], segment = [], position = []] = ["词嵌入", "段嵌入", "位置嵌入"].map((column) =>
    rows.map((row) => Number(row[column])),
  );
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const cosine = (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  const shown = await result(demo, "angles").locator("b").allTextContents();
  for (const [i, value] of [cosine(word, segment), cosine(word, position), cosine(segment, position)].entries()) {
    expect(Math.abs(Number(shown[i]?.replace("−", "-")) - value)).toBeLessThan(0.006);
  }

  await setNumber(demo, "看第几维", 17);
  await expect(result(demo, "arithmetic")).toContainText("第 17 维");
  const component = demo.locator('[data-part="embed_sum"] [data-component]');
  expect(Number(await component.getAttribute("data-component"))).toBeCloseTo(Number(rows[16]?.三者之和), 5);
});

test("the matrix compares what is asked for", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await demo.getByRole("radio", { name: "词嵌入" }).check();
  // 「喜」 stands in both sentences: the same token has the same vector.
  await tokens(demo).nth(2).getByRole("button").click();
  await expect(result(demo, "nearest")).toContainText("「喜」（位置 9，1.00）");
  await demo.getByRole("radio", { name: "段嵌入" }).check();
  await expect(result(demo, "nearest")).toContainText("1.00");
});

test("follows what is written; one sentence is enough, none is not", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await demo.getByLabel("第二句（可以不写）").fill("");
  await expect(tokens(demo)).toHaveCount(8);
  await expect(tokens(demo).filter({ hasText: "段 B" })).toHaveCount(0);
  await demo.getByLabel("第一句").fill("猫👍🏽");
  await expect(demo.getByText(/词表里没有「👍🏽」/)).toBeVisible();
  await demo.getByLabel("第一句").fill("[MASK]");
  await expect(tokens(demo)).toHaveText([/\[CLS\]/, /\[MASK\]/, /\[SEP\]/]);
  await demo.getByLabel("第一句").fill("");
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText("请写第一句");
  await demo.getByLabel("第一句").fill("猫".repeat(600));
  await expect(tokens(demo)).toHaveCount(26);
});
