import type { Locator } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";
import { check, wakeExercise } from "./exercise.ts";

const PAGE = "/chatgpt-rlhf/chatgpt/";
const CORE = `${PAGE}core/`;
const TUNING = `${PAGE}instruction-tuning/`;
const LIMITS = `${PAGE}limits/`;
const LENGTH = "最多写几个词元";

const column = (demo: Locator, player: string) => demo.locator(`[data-player="${player}"]`);
/** The tokens of a strip, without what is only spoken. */
const tokens = (strip: Locator) => strip.locator(".token").allTextContents();

test("two models get their tokens, and write after them", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "side");
  await setNumber(demo, LENGTH, 6);
  await run(demo);
  const question = [..."下雨天出门要带什么？"];
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
  await open(CORE);
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
  // The second of each three cannot be checked.
  expect(rows.map((row) => row.对 === "")).toEqual([false, false, true, true, false, false]);
  const stops = rows.filter((row) => row.模型 === "微调后" && row.停下 === "是").length;
  await expect(result(demo, "shares")).toContainText(`微调后 ${stops} / 3`);
  const share = result(demo, "summary").getByRole("button", { name: /^自己停下：/ });
  await share.focus();
  await expect(share).toHaveAttribute("aria-pressed", "true");
  await expect(result(demo, "summary").getByText(/^自己停下：基础模型 .*；微调后 [\d.]+%（.*–.*）。$/)).toBeVisible();
  const paired = (await result(demo, "paired").textContent()) ?? "";
  const counts = [...paired.matchAll(/(\d+)\s*题/gu)].map(([, count]) => Number(count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
});

test("the loss of an answer is that of its tokens", async ({ page, open }) => {
  await open(TUNING);
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
  await open(LIMITS);
  const demo = await wakeDemo(page, "weak");
  await setNumber(demo, "每题几个回答", 2);
  await demo.getByRole("button", { name: "谁发明了会唱歌的石头？", exact: true }).click();
  await expectDone(demo);
  const kinds = result(demo, "groups").getByRole("button");
  // Its share, and how sure the model was.
  await expect(kinds).toHaveCount(2);
  await expect(kinds.first()).toHaveAccessibleName(/^没有这回事的：占 [\d.]+%（.*1 题 2 个回答里 [012] 个。$/);
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
  await expect(kinds).toHaveCount(0);
});

test("the same wording gets the same probability, another one another", async ({ page, open }) => {
  await open(CORE);
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
  await open(TUNING);
  const demo = await wakeDemo(page, "forgets");
  await setNumber(demo, "用几对名字", 1);
  await run(demo);
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(10);
  expect(rows.some((row) => row.名字还在 === "否")).toBe(true);
  for (const row of rows) expect(Number(row.作用) === 0, row.隔几轮).toBe(row.名字还在 === "否");
  await expect(result(demo, "curve")).toContainText("正好是 0");
});

test("a conversation is one row of tokens; what is left out of it makes no difference, bit for bit", async ({
  page,
  open,
}) => {
  await open(TUNING);
  const demo = await wakeDemo(page, "talk");
  // The second leaves no room for the first, if there is little.
  const long = "什么动物会飞，什么动物会游，什么动物会爬，什么动物会跳，请你一样说一种给我听？";
  const sentences = ["我叫小雨。", long, "我叫什么？"];
  const field = (i: number) => demo.getByRole("textbox", { name: `你说的第 ${i} 句` });
  // From four sentences to three.
  await action(demo, "cut-4").click();
  for (const [i, said] of sentences.entries()) await field(i + 1).fill(said);
  await run(demo);
  const all = await savedRecords(page, demo);
  const said = (turn: string, who: string) =>
    all.filter((row) => row.轮 === turn && row.谁说的 === who).map((row) => row.词元);
  for (const [i, sentence] of sentences.entries()) {
    expect(said(`${i + 1}`, "你")).toEqual(["[问]", ...sentence, "[答]"]);
    expect(said(`${i + 1}`, "它").at(-1)).toBe("[END]");
  }
  // The loss counted where the model speaks, and nowhere else.
  for (const row of all) expect(row.训练时算损失 === "是").toBe(row.谁说的 === "它");
  expect(all.every((row) => row.答最后一句时读到 === "是")).toBe(true);
  await expect(result(demo, "lesser").locator("tbody tr")).toHaveCount(4);

  await setNumber(demo, "回答以前最多读几个词元", 44);
  await run(demo);
  const short = await savedRecords(page, demo);
  expect(short.filter((row) => row.轮 === "1").every((row) => row.答最后一句时读到 === "否")).toBe(true);
  const later = (rows: typeof short) => rows.filter((row) => row.轮 !== "1").map((row) => ({ ...row }));
  await field(1).fill("我叫天天。");
  await run(demo);
  expect(later(await savedRecords(page, demo))).toEqual(later(short));
});

test("what cannot be said is refused, and the guess of the exercise is held against the conversation", async ({
  page,
  open,
}) => {
  await open(`${TUNING}#talk?talk.said=${encodeURIComponent("我叫小雨。\n我叫什么？")}`);
  const demo = await wakeDemo(page, "talk");
  const first = demo.getByRole("textbox", { name: "你说的第 1 句" });
  await first.fill("好[END]");
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("格式的记号");
  await first.fill("我叫小雨😀。");
  await run(demo);
  await expect(demo.getByRole("status").last()).toContainText("词表里没有「😀」");
  const form = await wakeExercise(page, "predict-forget");
  await form.getByRole("textbox").fill("50%");
  await check(form, /right|wrong/, "去掉它");
});

test("the reader's question has its place on the axis of the others", async ({ page, open }) => {
  await open(LIMITS);
  const demo = await wakeDemo(page, "own-side");
  await demo.getByRole("textbox", { name: "你的问题" }).fill("三加五等于几？");
  await run(demo);
  const rows = await savedRecords(page, demo);
  const logs = rows.map((row) => Math.log(Number(row.概率)));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  await expect(result(demo, "place")).toContainText(`平均 ln p：${mean.toFixed(2).replace("-", "−")}`);
  await demo.getByRole("radio", { name: "第一个词元的熵" }).check();
  await expect(result(demo, "place")).toContainText(`熵：${Number(rows[0]?.["熵（比特）"]).toFixed(2)}`);
});
