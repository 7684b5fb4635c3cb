import type { Locator, Page } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, cancelWhen, result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/decoding/sampling/";
const METRICS = ["格式", "押韵", "distinct-2", "重复字", "抄句", "每词元 ln p"];

/** Most of a 五绝, so that little is left to write. */
const OPENING = "春风吹柳絮，春色满花枝。不是";

/** A sweep small enough for a software adapter: two values, 20 short poems each. */
async function begin(page: Page): Promise<Locator> {
  const demo = await wakeDemo(page, "temperature");
  await demo.getByText("体裁、标题、开头").click();
  await demo.getByRole("radio", { name: "五绝" }).check();
  await demo.getByRole("textbox", { name: "开头" }).fill(OPENING);
  await setNumber(demo, "取几个值", 2);
  await setNumber(demo, "每个值写几首", 20);
  return demo;
}

const number = (row: Readonly<Record<string, string>> | undefined, column: string): number => Number(row?.[column]);

test("writes what was asked for at every value, and measures it with its uncertainty", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await run(demo);
  const rows = await savedRecords(page, demo);
  expect(rows.map((row) => [row.温度, row.诗数])).toEqual([
    ["0", "20"],
    ["2", "20"],
  ]);
  for (const row of rows) {
    for (const metric of METRICS) {
      expect.soft(number(row, `${metric}，95% 下限`), metric).toBeLessThanOrEqual(number(row, metric));
      expect.soft(number(row, `${metric}，95% 上限`), metric).toBeGreaterThanOrEqual(number(row, metric));
    }
    // Counted, so a multiple of one in twenty.
    for (const metric of METRICS.slice(0, 2)) {
      const poems = number(row, metric) * 20;
      expect.soft(poems, metric).toBeCloseTo(Math.round(poems), 6);
    }
  }
  const [cold, hot] = rows;
  expect(number(cold, "每词元 ln p")).toBeGreaterThan(number(hot, "每词元 ln p"));
  // At temperature 0 all poems are one: every pair occurs at least twenty times.
  expect(number(cold, "distinct-2")).toBeLessThanOrEqual(1 / 20);
  expect(number(hot, "distinct-2")).toBeGreaterThan(1 / 4);

  // The plots, the table and the poems show the same.
  await expect(demo.getByRole("figure").locator("svg").first()).toBeVisible();
  await expect(result(demo, "table").locator("tbody tr")).toHaveCount(2);
  await demo.getByRole("radio", { name: "0", exact: true }).check();
  const poems = await result(demo, "poem").allTextContents();
  expect(new Set(poems).size).toBe(1);
});

test("stopping keeps what is there, and going on ends where an unbroken run ends", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  // Two rounds: 32 poems and 1.
  await setNumber(demo, "每个值写几首", 33);
  const stopping = cancelWhen(demo, '[role="status"]', "写了 32 / 66 首");
  await action(demo, "run").click();
  await stopping;
  await expect(action(demo, "run")).toHaveText("继续");
  const stopped = await savedRecords(page, demo);
  expect(number(stopped[0], "诗数")).toBe(32);
  await run(demo);
  const rows = await savedRecords(page, demo);
  expect(rows.map((row) => row.诗数)).toEqual(["33", "33"]);

  await run(demo);
  expect(await savedRecords(page, demo)).toEqual(rows);
  // What is set anew begins anew.
  await action(demo, "next-seed").click();
  await expect(action(demo, "run")).toHaveText("写诗");
});

test("pointing at a plot shows the poems of that value", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await setNumber(demo, "取几个值", 3);
  const plot = demo.getByRole("figure").first();
  await expect(plot.locator("svg")).toBeVisible();
  const { width } = (await plot.boundingBox())!;
  await plot.hover({ position: { x: width - 15, y: 60 } });
  await expect(demo.getByRole("radio", { name: "2", exact: true })).toBeChecked();
  await plot.hover({ position: { x: 45, y: 60 } });
  await expect(demo.getByRole("radio", { name: "0", exact: true })).toBeChecked();
});
