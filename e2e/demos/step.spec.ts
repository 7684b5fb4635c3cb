import type { Locator, Page } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, expectDone, pressIfThere, result, run, savedRows, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/decoding/";

/** The demo behind the prompt `[五绝][诗]山中`. */
async function begin(page: Page): Promise<Locator> {
  const demo = await wakeDemo(page, "step");
  await demo.getByLabel("开头").fill("山中");
  await start(demo);
  return demo;
}

async function start(demo: Locator): Promise<void> {
  await run(demo);
  await expect(result(demo, "text")).toBeVisible();
}

/** What the strip holds, the reader's own characters included. */
async function textOf(demo: Locator): Promise<string> {
  return (await result(demo, "text").locator(".token").allTextContents()).join("");
}

const bars = (demo: Locator) => result(demo, "distribution").locator("tbody tr");

async function decide(demo: Locator, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await action(demo, "decide").click();
    await expect(result(demo, "text").locator("li")).toHaveCount(3 + i);
    await expectDone(demo);
  }
}

async function walk(demo: Locator): Promise<string> {
  await action(demo, "walk").click();
  await expect(result(demo, "ending")).toBeVisible();
  return textOf(demo);
}

test("shows a distribution: it sums to 1, and the likeliest token is first", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await expect(bars(demo)).toHaveCount(20);
  const rows = await savedRows(page, demo);
  const [model, filtered] = [2, 3].map((column) => rows.map((cells) => Number(cells[column])));
  const sum = (values: number[] = []) => values.reduce((total, value) => total + value, 0);
  expect(sum(model)).toBeCloseTo(1, 4);
  expect(sum(filtered)).toBeCloseTo(1, 4);
  const best = rows.toSorted((a, b) => Number(b[2]) - Number(a[2])).slice(0, 20);
  expect(await bars(demo).locator(".token").allTextContents()).toEqual(best.map(([, token]) => token));
});

test("after top-k = 5 five tokens remain, and the slider says what it threw away", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "top-p", 1);
  await setNumber(demo, "top-k", 5);
  const stage = demo.locator('[data-stage="top-k"]');
  await expect(stage).toHaveAttribute("data-survivors", "5");
  await expect(stage).toContainText("留下 5 个");
  await expect(bars(demo).and(demo.locator('[data-status="dropped"]'))).toHaveCount(15);
  const rows = await savedRows(page, demo);
  expect(rows.filter((cells) => Number(cells[3]) > 0)).toHaveLength(5);
  const lost = rows.filter((cells) => Number(cells[3]) === 0).reduce((sum, cells) => sum + Number(cells[2]), 0);
  expect(Number(await stage.getAttribute("data-lost"))).toBeCloseTo(lost, 4);
});

test("the reader's token continues the text, also one that the decoder has dropped", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "top-k", 2);
  const fifth = bars(demo).nth(4);
  const token = await fifth.locator(".token").textContent();
  await fifth.getByRole("button").click();
  await expect.poll(() => textOf(demo)).toBe(`山中${token}`);
  await expect(result(demo, "text").locator("li").last()).toHaveAttribute("title", /你选的，解码器已经筛掉了它/);
});

test("going back and another way keeps the first", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await decide(demo, 4);
  const first = await textOf(demo);
  await action(demo, "back").click();
  await action(demo, "back").click();
  expect(await textOf(demo)).toBe(first.slice(0, -2));
  await bars(demo).and(demo.locator("tr:not(.chosen)")).first().getByRole("button").click();
  const second = await textOf(demo);
  expect(second).not.toBe(first.slice(0, -1));
  await action(demo, "back").click();
  const ways = result(demo, "ways").getByRole("button");
  await expect(ways).toHaveCount(2);
  await ways.filter({ hasText: first.slice(-2) }).click();
  expect(await textOf(demo)).toBe(first);
  // The third character: back to before it was chosen.
  await result(demo, "text").getByRole("button").nth(2).click();
  expect(await textOf(demo)).toBe("山中");
});

test("the same seed gives the same poem, another seed another", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  const first = await walk(demo);
  await start(demo);
  await expect.poll(() => textOf(demo)).toBe("山中");
  expect(await walk(demo)).toBe(first);
  await result(demo, "text").getByRole("button").first().click();
  await demo.getByLabel("种子").fill("43");
  await demo.getByLabel("种子").press("Enter");
  expect(await walk(demo)).not.toBe(first);
});

test("temperature 0, top-p 0 and taking the largest are one and the same", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "top-k", 0);
  await setNumber(demo, "top-p", 0);
  await expect(demo.locator('[data-stage="top-p"]')).toHaveAttribute("data-survivors", "1");
  const nucleus = await walk(demo);
  await start(demo);
  await setNumber(demo, "top-p", 1);
  await expect(demo.locator('[data-stage="top-p"]')).toHaveCount(0);
  await setNumber(demo, "温度", 0);
  await expect(demo.locator('[data-stage="temperature"]')).toHaveAttribute("data-survivors", "1");
  expect(await walk(demo)).toBe(nucleus);
  await start(demo);
  await demo.getByRole("radio", { name: "取最大的" }).check();
  expect(await walk(demo)).toBe(nucleus);
});

test("says what cannot be read, and goes on with what can", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "step");
  const opening = demo.getByLabel("开头");
  await opening.fill("山".repeat(10_000));
  await expect(opening).toHaveValue("山".repeat(16));
  await opening.fill("山👍🏽");
  await expect(demo.getByText(/不能用「👍🏽」/)).toBeVisible();
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText("👍🏽");
  await opening.fill("龘");
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("龘");
  // No title and no opening: the model writes from the very beginning.
  await opening.fill("");
  await start(demo);
  await expect(result(demo, "text")).toContainText("还没有字");
  await expect(result(demo, "error")).toHaveCount(0);
  await expect(bars(demo)).toHaveCount(20);

  // An error forgets the way that was gone before it.
  await action(demo, "decide").click();
  await expect(result(demo, "text")).not.toContainText("还没有字");
  await opening.fill("龘");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "error");
  await opening.fill("");
  await start(demo);
  await expect(result(demo, "text")).toContainText("还没有字");
});

test("survives being cancelled and restarted twenty times", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "step");
  await demo.getByLabel("开头").fill("山中");
  for (let i = 0; i < 20; i++) {
    await pressIfThere(demo, "run");
    await pressIfThere(demo, i % 2 === 0 ? "walk" : "cancel");
    await pressIfThere(demo, "cancel");
    await expect(action(demo, "run")).toBeEnabled();
  }
  await start(demo);
  await expect.poll(() => textOf(demo)).toBe("山中");
  await decide(demo, 3);
  await expect(page.locator('[data-demo="step"]')).toHaveCount(1);
  await expect(result(demo, "error")).toHaveCount(0);
});

test("a walk from the first figure is given up at any moment: the page goes on", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "step");
  for (let frames = 0; frames < 12; frames++) {
    await action(demo, "reset").click();
    await demo.evaluate(async (frame, count) => {
      const press = (name: string) => frame.querySelector<HTMLElement>(`[data-action="${name}"]`)?.click();
      press("walk");
      for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
      press("cancel");
    }, frames);
    await expect(action(demo, "run")).toBeEnabled();
  }
});

test("works by keyboard alone, and the focus stays in the demo", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "step");
  await action(demo, "run").focus();
  await page.keyboard.press("Enter");
  await expect(bars(demo)).toHaveCount(20);
  const given = await result(demo, "text").locator("li").count();
  await bars(demo).nth(2).getByRole("button").focus();
  for (let length = 1; length <= 3; length++) {
    await page.keyboard.press("Enter");
    await expect(result(demo, "text").locator("li")).toHaveCount(given + length);
    await expect(demo.locator(":focus")).toHaveCount(1);
  }
  await result(demo, "text")
    .getByRole("button")
    .nth(given + 1)
    .focus();
  await page.keyboard.press("Enter");
  await expect(result(demo, "text").locator("li")).toHaveCount(given + 1);
  await expect(demo.locator(":focus")).toHaveCount(1);
});
