import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { begin, change, FIRST, PAGE, SECTIONS } from "./bert-page.ts";
import { action } from "./demo.ts";
import { check, wakeExercise } from "./exercise.ts";

test.describe("the exercise in which the reader writes code", () => {
  const RIGHT: Readonly<Record<string, string>> = {
    层归一化: `function layerNorm(x, gain, bias, epsilon) {
      const mean = x.reduce((a, b) => a + b, 0) / x.length;
      const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
      return x.map((value, i) => (value - mean) / Math.sqrt(variance + epsilon) * gain[i] + bias[i]);
    }`,
    一个注意力头: `const attention = (q, k, v) => q.map((query) => {
      const scores = k.map((key) => query.reduce((sum, x, i) => sum + x * key[i], 0) / Math.sqrt(query.length));
      const powers = scores.map((s) => Math.exp(s - Math.max(...scores)));
      const total = powers.reduce((a, b) => a + b, 0);
      return v[0].map((_, i) => powers.reduce((sum, p, t) => sum + p / total * v[t][i], 0));
    });`,
  };

  async function submit(form: Locator, code: string, verdict: string, says: string): Promise<void> {
    await form.getByLabel("你的 JavaScript").fill(code);
    await check(form, verdict, says);
  }

  test("wants the model first; then right is right, on the real tensors", async ({ page, open }) => {
    await open(SECTIONS.feedForward);
    const form = await wakeExercise(page, "code");
    await submit(form, RIGHT.层归一化!, "unusable", "先到页首");
    await begin(page);
    await submit(form, RIGHT.层归一化!, "right", "2048 个数都和引擎算的一样");
    await form.getByRole("radio", { name: "一个注意力头" }).check();
    await submit(form, RIGHT.一个注意力头!, "right", "512 个数都和引擎算的一样");
    await page.getByRole("form", { name: "改输入" }).getByLabel("改看第几头").selectOption("3");
    await submit(form, RIGHT.一个注意力头!, "right", "512 个数");
  });

  test("wrong is told where", async ({ page, open }) => {
    await open(SECTIONS.feedForward);
    await begin(page);
    const form = await wakeExercise(page, "code");
    // What it begins with.
    await action(form, "check").click();
    await expect(form.getByRole("status")).toContainText(/第一处不同：「.+」第 \d+ 维应当是/);
    await expect(form.getByRole("status")).toContainText("没有除以标准差");
    await submit(
      form,
      RIGHT.层归一化!.replace("/ x.length;\n      return", "/ (x.length - 1);\n      return"),
      "wrong",
      "n − 1",
    );
  });

  test("what does not run gets a sentence, and spoils nothing", async ({ page, open }) => {
    await open(SECTIONS.feedForward);
    await begin(page);
    const form = await wakeExercise(page, "code");
    await submit(form, "function layerNorm( {", "unusable", "读不懂");
    await submit(form, "function other() {}", "unusable", "没有找到名叫 layerNorm");
    await submit(form, "function layerNorm() { for (;;); }", "unusable", "出不来");
    await submit(form, "for (;;);", "unusable", "出不来");
    await submit(form, "function layerNorm(x) { return x.slice(1); }", "unusable", "返回了 255 个");
    await submit(form, "function layerNorm(x) { return x.map(() => NaN); }", "unusable", "NaN");
    await submit(form, "function layerNorm(x) { return x.nothing.at(0); }", "unusable", "出错了");
    await submit(form, "function layerNorm() { return () => 1; }", "unusable", "不是数");
    await submit(form, "function layerNorm() { fetch('/x'); }", "unusable", "用不了 fetch");
    await submit(form, "function layerNorm() { import('/x.js'); return 1; }", "unusable", "用不了 import()");
    // An endless loop before it has not spoilt the next run.
    await submit(form, RIGHT.层归一化!, "right", "2048");
    await action(form, "restore").click();
    await expect(form.getByLabel("你的 JavaScript")).toHaveValue(/从这里写起/);
  });
});

test("attention by hand is asked again and again, and knows each answer", async ({ page, open }) => {
  await open(SECTIONS.attention);
  const hand = await wakeExercise(page, "hand-attention");
  for (let round = 0; round < 2; round++) {
    const numbers = async (mark: string): Promise<number[][]> =>
      (await hand.locator(`[data-${mark}]`).allTextContents()).map((text) =>
        text.replaceAll("−", "-").replaceAll(/[[\]]/g, "").split(",").map(Number),
      );
    const [[query = []], keys, values] = [await numbers("query"), await numbers("key"), await numbers("value")];
    const powers = keys.map((key) => Math.exp(key.reduce((sum, x, i) => sum + x * query[i]!, 0) / 2));
    const total = powers.reduce((a, b) => a + b, 0);
    const answer = powers.reduce((sum, power, i) => sum + (power / total) * values[i]![0]!, 0);
    await hand.getByLabel("输出的第 1 维").fill(String(values.flat().reduce((a, b) => a + b, 0) / 3));
    await check(hand, "wrong", "三个值的平均");
    await hand.getByLabel("输出的第 1 维").fill(answer.toFixed(2));
    await check(hand, "right");
    await action(hand, "next").click();
  }
});

test("what was predicted is held against what the reader's own run has moved", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  const form = await wakeExercise(page, "predict-rows");
  const fields = form.getByRole("textbox");
  for (const [i, rows] of ["2", "2", "8"].entries()) await fields.nth(i).fill(rows);
  await check(form, "unusable", "再换成");
  await change(demo, "猫在坐[MASK]子上", FIRST);
  await check(form, "wrong", "位置嵌入只看排第几");
  await fields.nth(1).fill("0");
  await check(form, "right", "2、0、8 行");
});
