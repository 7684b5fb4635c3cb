import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test as freshTest, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, run, savedFile, savedRecords, setNumber, wakeDemo } from "./demo.ts";
import { check, wakeExercise } from "./exercise.ts";

const PAGE = "/chatgpt-rlhf/ppo-cartpole/";

/** A training small enough for a software adapter: 8 updates of 256 steps. */
const SMALL =
  "train.steps=2048&train.environments=8&train.horizon=32&train.epochs=4&train.minibatch=128&train.width=16";

async function train(page: Page, open: (path: string) => Promise<void>, settings = SMALL): Promise<Locator> {
  await open(`${PAGE}#?${settings}`);
  return wakeDemo(page, "train");
}

const field = (demo: Locator): Locator => demo.getByRole("figure").filter({ hasText: "策略场" });
const cells = (demo: Locator): Locator => field(demo).locator('[shape-rendering="crispEdges"] path');

const handle = (demo: Locator) => result(demo, "clip-plot").getByRole("slider");

const value = (row: Readonly<Record<string, string>> | undefined, column: string): number => Number(row?.[column]);

/** The record that the demo exports. */
async function exported(page: Page, demo: Locator): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await savedFile(page, demo, "export"));
}

test("trains here and now: every update measured, then examined, and an episode to watch", async ({ page, open }) => {
  const demo = await train(page, open);
  await run(demo, "start");
  const rows = await savedRecords(page, demo);
  expect(rows.map(({ 步 }) => Number(步))).toEqual([256, 512, 768, 1024, 1280, 1536, 1792, 2048]);
  for (const row of rows) {
    expect.soft(value(row, "熵（纳特）")).toBeLessThanOrEqual(Math.LN2 + 1e-4);
    expect.soft(value(row, "KL（纳特）")).toBeGreaterThanOrEqual(0);
    expect.soft(value(row, "截断比例")).toBeLessThanOrEqual(1);
    expect.soft(value(row, "遍数")).toBe(4);
  }
  // Nearly even at first, and the more settled the more it has learnt.
  expect(value(rows[0], "熵（纳特）")).toBeGreaterThan(0.68);
  await expect(result(demo, "evaluation")).toContainText("100 局");
  await expect(result(demo, "episode")).toContainText("步之后的一局");
  const curves = await result(demo, "curves").getByRole("figure").all();
  expect(curves).toHaveLength(7);
  // A plot is drawn once it comes into view.
  for (const curve of curves) {
    await curve.scrollIntoViewIfNeeded();
    await expect(curve.locator("svg")).toBeVisible();
  }
  await expect(field(demo)).toContainText(/\d% 的格子偏向往右/);
  await expect(cells(demo)).not.toHaveCount(0);

  const record = await exported(page, demo);
  expect(record).toMatchObject({ experiment: "cart-pole", seed: 1, state: "finished", settings: { width: 16 } });
  expect(record.records).toHaveLength(8);
});

test("the field of the recorded policy is drawn before anything runs, where it was asked, and nowhere else", async ({
  page,
  open,
}) => {
  const demo = await train(page, open, "");
  await expect(demo).toHaveAttribute("data-figure", "recorded");
  await field(demo).scrollIntoViewIfNeeded();
  await expect(cells(demo)).not.toHaveCount(0);
  await setNumber(demo, "车的位置", 1);
  await expect(demo).toContainText("存下来的策略场只有车停在正中的");
  await expect(cells(demo)).toHaveCount(0);
  await action(demo, "reset").click();
  await field(demo).scrollIntoViewIfNeeded();
  await expect(cells(demo)).not.toHaveCount(0);
});

test("learns: after some thousand steps the pole stands much longer than by chance", async ({ page, open }) => {
  const demo = await train(page, open, `train.steps=20000&train.environments=32&train.horizon=32`);
  await run(demo, "start");
  const rows = await savedRecords(page, demo);
  // Pushes at random last 22 steps on average; no seed of twenty stayed below 60 here.
  expect(value(rows.at(-1), "回报")).toBeGreaterThan(1.8 * value(rows[0], "回报"));
});

test("what is set in the midst of a run waits for the next one, and the page says so", async ({ page, open }) => {
  const demo = await train(page, open);
  await action(demo, "step").click();
  await expect(demo.getByRole("status")).toContainText("暂停在 256 / 2048 步");
  await setNumber(demo, "学习率", 0.01);
  await expect(demo.getByRole("status")).toContainText("从下一次重新开始起有效");
  await expectAccessible(page, '[data-demo="train"]');
  await action(demo, "step").click();
  await expect(demo.getByRole("status")).toContainText("暂停在 512 / 2048 步");
  await action(demo, "stop").click();
  await expect(demo.getByRole("status")).toContainText("停下了");
  await action(demo, "reset").click();
  await expect(demo.getByRole("status")).toContainText("从什么都不会练起");
});

test("settings that cannot work end in a sentence, and the next run works", async ({ page, open }) => {
  const wild = `${SMALL}&train.learningRate=10&train.clipRange=2&train.maxGradientNorm=10`;
  const demo = await train(page, open, `${wild}&train.discount=nonsense&train.epochs=1e99`);
  await action(demo, "start").click();
  await expect(demo).toHaveAttribute("data-state", /done|error/);
  const rows = await savedRecords(page, demo);
  for (const row of rows) expect(Object.values(row)).not.toContain("NaN");
  await setNumber(demo, "学习率", 0);
  await setNumber(demo, "每轮用几遍", 1);
  await setNumber(demo, "总步数", 256);
  await run(demo, "start");
  // A learning rate of 0 learns nothing.
  const [still] = await savedRecords(page, demo);
  expect([value(still, "截断比例"), value(still, "KL（纳特）") < 1e-6]).toEqual([0, true]);
});

test("compares two runs that differ in one thing", async ({ page, open }) => {
  await open(`${PAGE}hyperparameters/#?compare.steps=1024`);
  const demo = await wakeDemo(page, "compare");
  await demo.getByRole("radio", { name: "每轮用几遍" }).check();
  await run(demo, "start");
  const rows = await savedRecords(page, demo);
  const [a, b] = ["甲", "乙"].map((side) => rows.filter(({ 哪一次 }) => 哪一次?.startsWith(side)));
  expect([a?.length, b?.length]).toEqual([2, 2]);
  expect([value(a?.[0], "遍数"), value(b?.[0], "遍数")]).toEqual([10, 1]);
  // The same seed: both saw the same first steps, so the critics' first errors come from the same data.
  expect(a?.[0]?.局).toBe(b?.[0]?.局);
  expect(a?.[0]?.解释的方差).toBe(b?.[0]?.解释的方差);
  expect(a?.[1]?.["KL（纳特）"]).not.toBe(b?.[1]?.["KL（纳特）"]);
  await expect(result(demo, "means")).toContainText(/甲.*乙/);
});

test.describe("the clipped objective", () => {
  test("is dragged with the mouse into the flat part, and pulled back on the other side", async ({ page, open }) => {
    await open(`${PAGE}ppo/`);
    const demo = await wakeDemo(page, "clip");
    const plot = result(demo, "clip-plot");
    const box = await plot.boundingBox();
    if (!box) throw new Error("the plot is not on the page");
    await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + 60, { steps: 5 });
    await expect(result(demo, "clip")).toHaveAttribute("data-where", "held");
    await expect(demo.getByRole("status")).toContainText("梯度是 0");
    await page.mouse.move(box.x + box.width * 0.2, box.y + 60, { steps: 5 });
    await expect(result(demo, "clip")).toHaveAttribute("data-where", "astray");
    await page.mouse.up();
    // Released: moving on drags nothing.
    const held = await handle(demo).getAttribute("aria-valuenow");
    await page.mouse.move(box.x + box.width * 0.9, box.y + 60);
    await expect(handle(demo)).toHaveAttribute("aria-valuenow", String(held));
  });

  test("goes by the keyboard, and by exact numbers", async ({ page, open }) => {
    await open(`${PAGE}ppo/`);
    const demo = await wakeDemo(page, "clip");
    await handle(demo).focus();
    await page.keyboard.press("End");
    await expect(handle(demo)).toHaveAttribute("aria-valuenow", "2");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowLeft");
    await expect(handle(demo)).toHaveAttribute("aria-valuenow", "1.89");
    await page.keyboard.press("Home");
    await expect(handle(demo)).toHaveAttribute("aria-valuenow", "0");
    await setNumber(demo, "优势 A", -2);
    await setNumber(demo, "截断 ε", 0.5);
    await setNumber(demo, "概率比 ρ", 0.4);
    const [row] = await savedRecords(page, demo);
    expect(Number(row?.["没有截断：ρ · A"])).toBeCloseTo(-0.8, 6);
    expect(Number(row?.["目标：小的那个"])).toBeCloseTo(-1, 6);
    expect(Number(row?.["梯度：目标对 ρ"])).toBe(0);
  });
});

test.describe("GAE", () => {
  test("an edit moves its own step and those before it, and the limits are what they are called", async ({
    page,
    open,
  }) => {
    await open(`${PAGE}value/`);
    const demo = await wakeDemo(page, "gae");
    const cell = demo.getByLabel("第 2 步的价值");
    await cell.fill("0.9");
    await cell.press("Enter");
    await expect(result(demo, "gae-table").getByRole("row").filter({ hasText: "←" })).toHaveCount(3);
    await expect(demo.getByRole("status").last()).toContainText("第 0、1、2 步");
    await setNumber(demo, "λ", 0);
    await expect(demo.getByRole("status").last()).toContainText("TD 误差");
    for (const row of await savedRecords(page, demo)) expect(row["优势 A"]).toBe(row.δ);
    await setNumber(demo, "λ", 1);
    for (const row of await savedRecords(page, demo)) {
      expect(Number(row["优势 A"])).toBeCloseTo(Number(row.后面的回报) - Number(row["价值 V"]), 3);
    }
  });

  test("refuses what is no number, and keeps the table", async ({ page, open }) => {
    await open(`${PAGE}value/`);
    const demo = await wakeDemo(page, "gae");
    const cell = demo.getByLabel("第 4 步的奖励");
    for (const text of ["", "一", "NaN", "1e99", "👍🏽"]) {
      await cell.fill(text);
      await cell.blur();
      await expect(demo.getByText("不是能用的数")).toBeVisible();
      await expect(cell).toHaveValue("1");
    }
    await cell.fill("−2");
    await cell.blur();
    await expect(cell).toHaveValue("−2");
    await expect(demo.getByText("不是能用的数")).toBeHidden();
  });

  test("records an episode of CartPole in the engine", async ({ page, open }) => {
    await open(`${PAGE}value/`);
    const demo = await wakeDemo(page, "gae");
    await run(demo);
    const rows = await savedRecords(page, demo);
    expect(rows.length).toBeGreaterThan(7);
    expect(rows.every((row) => row["奖励 r"] === "1")).toBe(true);
    expect(new Set(rows.map((row) => row["价值 V"])).size).toBeGreaterThan(3);
  });
});

freshTest.describe("the reader plays", () => {
  freshTest.use({ hasTouch: true });

  freshTest("by keyboard and by finger, and against the agent", async ({ page, open }) => {
    const demo = await train(page, open, SMALL.replace("2048", "256"));
    const play = await wakeDemo(page, "play");
    await expect(result(play, "no-rival")).toContainText("现在没有对手");
    await result(play, "no-rival").getByRole("link", { name: "下面" }).click();
    await expect(demo).toBeInViewport();
    await run(demo, "start");
    await page.getByRole("link", { name: "「你来玩」" }).click();
    await expect(play).toBeInViewport();
    await setNumber(play, "快慢", 1);
    await action(play, "run").tap();
    await expect(play).toHaveAttribute("data-state", "running");
    await expect(result(play, "rival")).toBeVisible();
    await expect(result(play, "steps")).toHaveText("0");
    // With a modifier an arrow is the browser's: this one goes back.
    const left = () =>
      document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "ArrowLeft", altKey: true, bubbles: true, cancelable: true }),
      );
    expect(await page.evaluate(left), "left to the browser").toBe(true);
    // Nothing moves before the first push; then always to the right: the pole falls to the left in about ten steps.
    await page.keyboard.press("ArrowRight");
    await expectDone(play);
    await expect(play.getByRole("status")).toContainText("你：杆子倒了");
    await expect(play.getByRole("status")).toContainText("策略走了");
    expect(Number(await result(play, "steps").textContent())).toBeLessThan(15);

    await action(play, "run").tap();
    await action(play, "left").tap();
    await expect(play.getByRole("status")).toContainText("你：杆子倒了");
  });
});

freshTest(
  "a page that is closed in mid-run asks first, and leaves nothing in the way of the next",
  async ({ page, open, context }) => {
    const demo = await train(page, open, SMALL.replace("2048", "500000"));
    const address = page.url();
    await action(demo, "start").click();
    await expect(demo.getByRole("status")).toContainText(/正在训练：[1-9]/);
    const [asking, closing] = [page.waitForEvent("dialog"), page.waitForEvent("close")];
    await page.close({ runBeforeUnload: true });
    const dialog = await asking;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
    await closing;

    const second = await context.newPage();
    await second.goto(address.replace("500000", "256"));
    await run(await wakeDemo(second, "train"), "start");
  },
);

test("the exercise in which the reader sets a rule balances by it", async ({ page, open }) => {
  await open(`${PAGE}policy/`);
  const rule = await wakeExercise(page, "rule");
  await check(rule, "wrong");
  for (const [label, weight] of Object.entries({ 车的位置: 0.1, 车的速度: 0.3, 杆的角度: 3, 杆的角速度: 1 })) {
    await setNumber(rule, `${label}的系数`, weight);
  }
  await check(rule, "right");
});
