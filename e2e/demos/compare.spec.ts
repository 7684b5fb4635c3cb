import type { Locator, Page } from "@playwright/test";
import { Bloom } from "../../src/components/subjects/poems/bloom.ts";
import { measure, type PoemTables, readFinals } from "../../src/components/subjects/poems/poem.ts";
import { loadFixture } from "../../src/engine/testing/load.ts";
import { expect, warmTest as test } from "../fixtures.ts";
import {
  action,
  cancelWhen,
  cellOf,
  expectDone,
  pressIfThere,
  result,
  savedRecords,
  setNumber,
  wakeDemo,
} from "./demo.ts";

const PAGE = "/gpt-bert/decoding/combined/";
const DECODERS = ["greedy", "beam", "sampling", "top-k", "top-p", "combined"];
const FINISHED = /finished|over/;
/** Most of a 五绝: what is asserted holds for the rest of it, too, and a software adapter takes its time over a whole one. */
const OPENING = "春风吹柳絮，春色满花枝。不是";

async function begin(page: Page): Promise<Locator> {
  const demo = await wakeDemo(page, "compare");
  await demo.getByRole("radio", { name: "五绝" }).check();
  await demo.getByRole("textbox", { name: "开头" }).fill(OPENING);
  return demo;
}

const card = (demo: Locator, decoder: string) => demo.locator(`[data-decoder="${decoder}"]`);
const cell = (demo: Locator, number: string, row: Readonly<Record<string, string>>) =>
  cellOf(result(demo, "table"), number, row.解码器 ?? "");

/** Waits for the end of a run and returns the poems in the order of the decoders. */
async function poemsOf(demo: Locator): Promise<string[]> {
  await expectDone(demo);
  for (const decoder of DECODERS) await expect(card(demo, decoder)).toHaveAttribute("data-draft", FINISHED);
  return demo.locator('[data-result="poem"]').allTextContents();
}

async function run(demo: Locator): Promise<string[]> {
  await action(demo, "run").click();
  return poemsOf(demo);
}

async function loadTables(): Promise<PoemTables> {
  const [finals, lines] = await Promise.all(
    ["finals.json", "lines.bloom"].map((file) => loadFixture(`public/models/gpt-poem/${file}`)),
  );
  return { finals: readFinals(JSON.parse(new TextDecoder().decode(finals))), lines: new Bloom(lines!) };
}

test("six decoders write, and every number follows from what they wrote", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await demo.getByRole("textbox", { name: "标题" }).fill("春望");
  const poems = await run(demo);
  expect(poems).toHaveLength(6);
  for (const poem of poems) expect(poem.startsWith(OPENING)).toBe(true);

  const tables = await loadTables();
  const rows = await savedRecords(page, demo);
  expect(rows.map((row) => row.诗)).toEqual(poems);
  for (const [i, row] of rows.entries()) {
    const decoder = DECODERS[i]!;
    const finished = (await card(demo, decoder).getAttribute("data-draft")) === "finished";
    const measures = measure({ body: poems[i]!, finished }, "五绝", tables);
    expect.soft(row.格式, decoder).toBe(measures.form ? "是" : "否");
    expect.soft(row.押韵, decoder).toBe(measures.rhyme ? "是" : "否");
    expect.soft(row.抄的是, decoder).toBe(measures.copied.join("/"));
    expect.soft(Number(row["distinct-2"]), decoder).toBeCloseTo(measures.distinct2!, 5);
    expect.soft(Number(row.重复字), decoder).toBeCloseTo(measures.repeated!, 5);
    expect.soft(Number(row["词元/秒"]), decoder).toBeGreaterThan(0);
    await expect.soft(cell(demo, "格式", row)).toHaveText(measures.form ? "✓是" : "✗否");
    await expect.soft(cell(demo, "抄句", row)).toHaveText(String(measures.copied.length));

    const logProbs = row["各词元 ln p"]!.split(" ").map(Number);
    const sum = logProbs.reduce((total, value) => total + value, 0);
    expect.soft(logProbs, decoder).toHaveLength([...poems[i]!].length - OPENING.length + (finished ? 1 : 0));
    expect.soft(Number(row["ln p"]), decoder).toBeCloseTo(sum, 3);
    await expect.soft(cell(demo, "ln p", row)).toHaveText(sum.toFixed(1).replace("-", "−"));
  }

  // Greedy takes the best character at every step: up to the first difference two texts are one, so both chose from the same distribution.
  const [greedy = "", ...others] = poems.map((poem) => poem.slice(OPENING.length));
  const logProbs = rows.map((row) => row["各词元 ln p"]!.split(" ").map(Number));
  for (const [i, other] of others.entries()) {
    const split = [...greedy].findIndex((character, at) => character !== other[at]);
    if (split >= 0) expect.soft(logProbs[0]![split], other).toBeGreaterThanOrEqual(logProbs[i + 1]![split]!);
  }
});

test("the seed decides what is sampled, and nothing else", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  const first = await run(demo);
  await action(demo, "again").click();
  await expect(demo.getByLabel("种子")).not.toHaveValue("42");
  const second = await poemsOf(demo);
  expect(second.slice(0, 2)).toEqual(first.slice(0, 2));
  for (const i of [2, 3, 4, 5]) expect.soft(second[i], DECODERS[i]).not.toBe(first[i]);

  await demo.getByLabel("种子").fill("42");
  await demo.getByLabel("种子").press("Enter");
  expect(await run(demo)).toEqual(first);
});

test("turned down to their lowest, all six are greedy; turned up, they still write", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await demo.getByText("解码器的设置").click();
  await setNumber(demo, "束搜索的束宽", 1);
  await setNumber(demo, "纯采样的温度", 0);
  await setNumber(demo, "top-k 的 k", 1);
  await setNumber(demo, "top-p 的 p", 0);
  await setNumber(demo, "合用的温度", 0);
  expect(new Set(await run(demo)).size).toBe(1);

  await setNumber(demo, "束搜索的束宽", 16);
  await setNumber(demo, "纯采样的温度", 3);
  await setNumber(demo, "top-k 的 k", 10_000);
  await setNumber(demo, "top-p 的 p", 1);
  const wild = await run(demo);
  // Neither drops a token, and both draw the same lots.
  expect(wild[3]).toBe(wild[4]);
  expect(wild[2]).not.toBe(wild[0]);

  await demo.getByText("在字上标出概率（%）").click();
});

test("says what it cannot read, and goes on once that is gone", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  const title = demo.getByRole("textbox", { name: "标题" });
  await title.fill("春😀");
  await expect(demo.getByText("标题只能用汉字，不能用「😀」。")).toBeVisible();
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("😀");
  await title.fill("春".repeat(10_000));
  await expect(title).toHaveValue("春".repeat(12));
  await expect(demo.getByText("太长（10000 字），只留下前 12 个字。")).toBeVisible();
  await title.fill("龘");
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("龘");
  await title.fill("");
  expect(await run(demo)).toHaveLength(6);
  await expect(result(demo, "error")).toHaveCount(0);
});

test("cancelling keeps what is written; no stale run writes into a newer one", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "compare");
  // A whole poem: of less, a page that was kept waiting gets all at once, and nothing is left to cancel.
  await setNumber(demo, "束搜索的束宽", 16);
  const opening = demo.getByRole("textbox", { name: "开头" });
  await opening.fill("春");
  const greedy = card(demo, "greedy").locator('[data-result="poem"]');
  const cancelled = cancelWhen(demo, '[data-decoder="greedy"] [data-result="poem"]', "^春.");
  await action(demo, "run").click();
  await cancelled;
  await expect(demo).toHaveAttribute("data-state", "idle");
  const torso = await greedy.textContent();
  await expect(greedy).toHaveText(/^春.+/);

  await opening.fill("秋");
  for (let i = 0; i < 8; i++) {
    await pressIfThere(demo, "run");
    await pressIfThere(demo, "cancel");
  }
  const poems = await run(demo);
  for (const poem of poems) expect(poem.startsWith("秋")).toBe(true);
  expect(poems[0]!.length).toBeGreaterThan(torso!.length);
});
