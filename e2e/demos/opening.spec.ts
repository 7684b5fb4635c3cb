import type { Locator } from "@playwright/test";
import { formatPercent } from "../../src/components/kit/text/format.ts";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, run, savedRecords, wakeDemo } from "./demo.ts";

/** What is seen of a token; its probability beside it is only spoken. */
const seen = (part: Locator) => part.locator(".token");
const characters = (demo: Locator) => result(demo, "poem").getByRole("button");
const candidates = (demo: Locator) => result(demo, "candidates").locator("tbody tr");

async function write(demo: Locator): Promise<string> {
  await run(demo);
  return (await seen(characters(demo)).allTextContents()).join("");
}

test("a click on a character shows what it was chosen from", async ({ page, open }) => {
  await open("/");
  const demo = await wakeDemo(page, "opening");
  await demo.getByRole("textbox", { name: "开头" }).fill("山中");
  const poem = await write(demo);
  expect(poem.startsWith("山中")).toBe(true);
  expect([...poem].length).toBeGreaterThan(2);

  const saved = await savedRecords(page, demo);
  for (const index of [2, [...poem].length - 1]) {
    const character = characters(demo).nth(index);
    await character.click();
    await expect(character).toHaveAttribute("aria-pressed", "true");

    const rows = saved.filter((row) => row.位置 === String(index + 1));
    const probabilities = rows.map((row) => Number(row.概率));
    await expect(seen(candidates(demo))).toHaveText(rows.map((row) => row.候选!));
    await expect(candidates(demo).locator(".number:nth-child(3)")).toHaveText(probabilities.map(formatPercent));
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    expect(probabilities.at(-1)).toBeGreaterThanOrEqual(0);
    expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeLessThanOrEqual(1 + 1e-6);

    const written = [...poem][index]!;
    await expect(seen(demo.locator('[data-status="chosen"]'))).toHaveText([written]);
    const chosen = rows.filter((row) => row.选中 === "是");
    expect(chosen.map((row) => row.候选)).toEqual([written]);
    const sentence = `「${written}」的概率是 ${formatPercent(Number(chosen[0]?.概率))}。`;
    await expect(demo.getByRole("status")).toContainText(sentence);
  }
});

test("each further click writes another poem", async ({ page, open }) => {
  await open("/");
  const demo = await wakeDemo(page, "opening");
  const first = await write(demo);
  await expect(action(demo, "run")).toHaveText("再写一首");
  expect(await write(demo)).not.toBe(first);
});

test("says what it cannot read, and goes on once that is gone", async ({ page, open }) => {
  await open("/");
  const demo = await wakeDemo(page, "opening");
  const opening = demo.getByRole("textbox", { name: "开头" });
  await opening.fill("春😀");
  await expect(demo.getByText("开头只能用汉字、逗号「，」和句号「。」，不能用「😀」。")).toBeVisible();
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("😀");
  await opening.fill("龘");
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("龘");
  // Now that the model is here, its vocabulary is known before the next run.
  await expect(demo.getByText("词表里没有「龘」，请换一个字。")).toBeVisible();
  await opening.fill("春");
  expect((await write(demo)).startsWith("春")).toBe(true);
  await expect(result(demo, "error")).toHaveCount(0);
});
