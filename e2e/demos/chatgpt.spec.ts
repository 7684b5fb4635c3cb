import type { Locator } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/chatgpt-rlhf/chatgpt/";
const LENGTH = "最多写几个词元";

const column = (demo: Locator, player: string) => demo.locator(`[data-player="${player}"]`);
/** The tokens of a strip, without what is only spoken. */
const tokens = (strip: Locator) => strip.locator(".token").allTextContents();

test("two models get their tokens, and write after them", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "side");
  await setNumber(demo, LENGTH, 6);
  await run(demo);
  const question = [..."写一句祝妈妈生日快乐的话。"];
  expect(await tokens(result(column(demo, "base"), "given"))).toEqual(["[END]", ...question]);
  expect(await tokens(result(column(demo, "chat"), "given"))).toEqual(["[问]", ...question, "[答]"]);
  const first = await savedRecords(page, demo);
  for (const model of ["基础模型", "微调后"]) {
    const own = first.filter((row) => row.模型 === model);
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThanOrEqual(6);
    for (const row of own) expect(Number(row["ln p"])).toBeLessThan(0);
  }

  await demo.getByRole("radio", { name: "问答的记号" }).check();
  await run(demo);
  expect(await tokens(result(column(demo, "base"), "given"))).toEqual(["[问]", ...question, "[答]"]);
});

test("bad questions get a sentence, and nothing is asked", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "side");
  const field = demo.getByRole("textbox", { name: "问题" });
  await field.fill("  ");
  await expect(demo.getByText("请先写一个问题。")).toBeVisible();
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText("请先写一个问题");
  await field.fill("你好[END]再见");
  await expect(demo.getByText("「[END]」是格式的记号")).toBeVisible();
  await field.fill("长".repeat(600));
  await expect(demo.getByText("太长（600 字），只留下前 80 个字。")).toBeVisible();
  await setNumber(demo, LENGTH, 1);
  await field.fill("😀好吗？");
  await run(demo);
  await expect(demo.getByRole("status").last()).toContainText("词表里没有「😀」");
  expect(await tokens(result(column(demo, "chat"), "given"))).toEqual(["[问]", "[UNK]", ..."好吗？", "[答]"]);
});

test("every question is judged for both models, and the totals are theirs", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "measured");
  await setNumber(demo, "问几题", 3);
  await setNumber(demo, LENGTH, 5);
  await demo.getByRole("radio", { name: "先给两个例子" }).check();
  await run(demo);
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(6);
  for (const row of rows) {
    expect(row.停下 === "是").toBe(row.怎样结束 === "end" || row.怎样结束 === "next");
    expect(Number(row.字数)).toBe([...row.回答!].length);
  }
  // Every third question can be checked.
  expect(rows.map((row) => row.对 === "")).toEqual([true, true, true, true, false, false]);
  const stops = rows.filter((row) => row.模型 === "微调后" && row.停下 === "是").length;
  await expect(result(demo, "shares")).toContainText(`微调后 ${stops} / 3`);
  const paired = (await result(demo, "paired").textContent()) ?? "";
  const counts = [...paired.matchAll(/(\d+)\s*题/gu)].map(([, count]) => Number(count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
});

test("the loss of an answer is that of its tokens", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "loss");
  await demo.getByRole("textbox", { name: "你的回答" }).fill("😀多喝水。");
  await run(demo);
  await expect(demo.getByRole("status").last()).toContainText("13 / 13 个回答。词表里没有「😀」");
  const rows = await savedRecords(page, demo);
  expect(rows.filter((row) => row.词元 === "[END]")).toHaveLength(13);
  const own = rows.filter((row) => row.问题 === rows[0]?.问题);
  expect(own.map((row) => row.词元)).toEqual(["[UNK]", ..."多喝水。", "[END]"]);
  const all = result(demo, "parts").locator('[data-row="all"] td');
  await expect(all.first()).toHaveText(String(rows.length));
  for (const [i, name] of ["基础模型 ln p", "微调后 ln p"].entries()) {
    const mean = -rows.reduce((sum, row) => sum + Number(row[name]), 0) / rows.length;
    await expect(all.nth(i + 1)).toHaveText(mean.toFixed(2));
  }
  await demo.getByRole("button", { name: "什么是词典？" }).click();
  const shown = await tokens(result(demo, "tokens").locator("dd").nth(1));
  expect(shown.join("")).toMatch(/^词典是一种工具书.*\[END\]$/u);
});

test("a prompt to try is asked by a press, the reader's own, too", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "weak");
  await setNumber(demo, "每题几个回答", 2);
  await demo.getByRole("button", { name: "谁发明了会唱歌的石头？" }).click();
  await expectDone(demo);
  await expect(result(demo, "groups").locator("tbody tr")).toHaveCount(1);
  await expect(result(demo, "answers").locator("li")).toHaveCount(2);
  await demo.getByText("问你自己的一句").click();
  await demo.getByRole("textbox", { name: "你自己的" }).fill("");
  await action(demo, "own").click();
  await expect(result(demo, "error")).toContainText("请先写一个问题");
  await demo.getByRole("textbox", { name: "你自己的" }).fill("谁发明了😀？");
  await setNumber(demo, "每题几个回答", 1);
  await run(demo, "own");
  // Answers that were drawn otherwise have left the table.
  await expect(demo.getByRole("status").last()).toContainText("表里有 1 个问题的回答。词表里没有「😀」");
  // Nothing of this topic was asked yet.
  await demo.getByRole("radio", { name: "算术" }).check();
  await expect(result(demo, "groups").locator("tbody tr")).toHaveCount(0);
});

test("the same wording gets the same probability, another one another", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "wording");
  await setNumber(demo, LENGTH, 2);
  await demo.getByRole("textbox", { name: "再加一种你的问法" }).fill("中国的首都是哪座城市？");
  await run(demo);
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(7);
  expect({ ...rows[6] }).toEqual({ ...rows[0] });
  expect(new Set(rows.map((row) => row["给定回答的 ln p"])).size).toBe(6);
  await expect(result(demo, "agreement")).toContainText("7 种问法");
});

test("what was cut off makes no difference, bit for bit; what was not does", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "forgets");
  await setNumber(demo, "用几对名字", 1);
  await run(demo);
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(10);
  expect(rows.some((row) => row.名字还在 === "否")).toBe(true);
  for (const row of rows) expect(Number(row.作用) === 0, row.隔几个字).toBe(row.名字还在 === "否");
  await expect(result(demo, "curve")).toContainText("正好是 0");
});
