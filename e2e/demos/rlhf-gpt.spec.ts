import type { Locator, Page } from "@playwright/test";
import { expect, test as freshTest, warmTest as test } from "../fixtures.ts";
import { action, result, savedFile, savedRecords, savedRows, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/chatgpt-rlhf/rlhf-gpt/";

/** One prompt, short reviews, and a step so large that a few rounds show what it does. */
const QUICK = [
  "prompts=酒店，房间",
  "iterations=3",
  "batch=24",
  "minibatch=24",
  "length=6",
  "epochs=3",
  "learningRate=0.002",
  "klWeight=0",
  "targetKl=0",
  "lambda=1",
  "valueCoefficient=0",
];
/** Rounds that say nothing about learning, for what is about the page. */
const TINY = ["prompts=酒店，房间", "iterations=2", "batch=4", "minibatch=4", "length=3", "epochs=1", "blocks=1"];

const hashOf = (settings: readonly string[]): string =>
  settings.map((setting) => `writer.${encodeURI(setting)}`).join("&");

async function openWriter(page: Page, open: (path: string) => Promise<void>, settings = TINY): Promise<Locator> {
  await open(`${PAGE}#?${hashOf(settings)}`);
  return wakeDemo(page, "writer");
}

async function finish(demo: Locator): Promise<void> {
  await action(demo, "start").click();
  await expect(demo).toHaveAttribute("data-state", "done", { timeout: 500_000 });
}

const value = (row: Readonly<Record<string, string>> | undefined, column: string): number => Number(row?.[column]);

freshTest(
  "PPO raises the reward by a margin that chance does not give; samples, account and record follow",
  async ({ page, open, requests }) => {
    const demo = await openWriter(page, open, QUICK);
    expect(requests.filter((url) => url.includes("/models/gpt-review/"))).toEqual([]);
    await finish(demo);
    const rows = await savedRecords(page, demo);
    expect(rows.map(({ 轮 }) => Number(轮))).toEqual([1, 2, 3]);
    // 48 reviews after learning against 24 before: without learning the difference would have a deviation of 0.25 of theirs.
    const [first, ...later] = rows;
    const mean = later.reduce((sum, row) => sum + value(row, "奖励"), 0) / later.length;
    expect((mean - value(first, "奖励")) / value(first, "奖励的标准差")).toBeGreaterThan(0.5);
    expect(Math.abs(value(first, "KL（纳特）"))).toBeLessThan(0.01);
    expect(value(rows.at(-1), "KL（纳特）")).toBeGreaterThan(0.3);

    await expect(result(demo, "figures").locator("tbody tr")).toHaveCount(2, { timeout: 200_000 });
    await expect(result(demo, "samples").getByRole("listitem")).toHaveCount(8);
    await expect(result(demo, "samples")).toContainText("练了 3 轮");
    await action(demo, "judge").click();
    await expect(result(demo, "verdicts")).toContainText("%");
    const account = await wakeDemo(page, "tokens");
    await action(account, "look").click();
    await expect(result(account, "account")).toBeVisible();
    const tokens = await savedRows(page, account);
    expect(tokens.length).toBeGreaterThan(0);

    const record = JSON.parse(await savedFile(page, demo, "export"));
    expect(record).toMatchObject({
      experiment: "rlhf",
      seed: 1,
      state: "finished",
      settings: { batch: 24, klWeight: 0 },
    });
    expect(record.records).toHaveLength(3);
  },
);

test("what is set in the midst of a run waits for the next; the best of n stands beside the run", async ({
  page,
  open,
}) => {
  const demo = await openWriter(page, open);
  await action(demo, "step").click();
  await expect(demo.getByRole("status")).toContainText("暂停在第 1 / 2 轮");
  await setNumber(demo, "每轮写", 5);
  await expect(demo.getByRole("status")).toContainText("从下一次重新开始起有效");
  await finish(demo);

  const choosing = await wakeDemo(page, "best-of-n");
  await setNumber(choosing, "每个开头写", 4);
  await finish(choosing);
  await expect(result(choosing, "verdict")).toContainText("PPO 练到第 2 轮");
  const curve = await savedRecords(page, choosing);
  expect(curve.map(({ n }) => Number(n))).toEqual([1, 2, 3, 4]);
  for (const [i, point] of curve.entries()) {
    expect(value(point, "奖励")).toBeGreaterThanOrEqual(value(curve[Math.max(0, i - 1)], "奖励"));
  }
});

test("bad prompts are named, wild settings end in a sentence or in numbers, and the next run works", async ({
  page,
  open,
}) => {
  const demo = await openWriter(page, open, [...TINY, "batch=1", "learningRate=1e99", "epochs=nonsense"]);
  await demo.getByText("开头：1 个").click();
  const field = demo.getByLabel("一行一个");
  await field.fill(" \n，没有类别");
  await expect(result(demo, "prompt-fault")).toContainText("还没有能用的开头");
  await expect(action(demo, "start")).toBeDisabled();
  await field.fill(`🦢,👍🏽龘\n[END],x\n酒店，${"长".repeat(600)}`);
  await expect(result(demo, "prompt-notes").getByRole("listitem")).toHaveText([
    /第 2 行没有用：\[END\]/,
    /第 3 行没有用：开头有 600 个字/,
  ]);
  await setNumber(demo, "学习率", 10);
  await action(demo, "start").click();
  await expect(demo).toHaveAttribute("data-state", /done|error/);
  await expect(result(demo, "unknown")).toContainText("词表里没有「🦢」「👍🏽」「龘」");
  await expect(result(demo, "prompt-notes")).toContainText("没有学过「🦢」");
  for (const row of await savedRecords(page, demo)) expect(Object.values(row)).not.toContain("NaN");
  // Nothing is learned: the policy is the reference still, but for what rounding makes of two ways to compute it.
  await setNumber(demo, "学习率", 0);
  await finish(demo);
  const rows = await savedRecords(page, demo);
  expect(Math.abs(value(rows.at(-1), "KL（纳特）"))).toBeLessThan(0.001);
  await expect(demo.getByRole("status")).toContainText("权重一个也不动");
});

test("two leashes are compared from the same beginning", async ({ page, open }) => {
  await open(`${PAGE}reward-hacking/#?hacking.iterations=2&hacking.batch=4&hacking.length=4`);
  const demo = await wakeDemo(page, "hacking");
  await finish(demo);
  const [a, laterA, b, laterB] = await savedRecords(page, demo);
  expect([a?.哪一次, b?.哪一次]).toEqual(["甲（β 0.03）", "乙（β 0）"]);
  // The same seed: both wrote the same reviews before they learned from them.
  expect([a?.奖励, a?.["熵（纳特）"]]).toEqual([b?.奖励, b?.["熵（纳特）"]]);
  // As long as the policy is the reference there is nothing to pay for; then the leash pulls.
  expect(laterA?.策略损失).not.toBe(laterB?.策略损失);
  await expect(result(demo, "samples")).toBeVisible();
});
