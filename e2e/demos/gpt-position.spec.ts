import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, savedRecords, wakeDemo } from "./demo.ts";

test("what it says is lost on average is the mean of the table, in every way", async ({ page, open }) => {
  await open("/gpt-bert/visual-gpt/input/#position?position.text=今天天气很好，我们去公园。&position.shift=100");
  const demo = await wakeDemo(page, "position");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done");
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(13);
  for (const [way, name] of [
    ["own", "学来的位置"],
    ["shifted", "平移"],
    ["shuffled", "打乱"],
    ["none", "清零"],
  ] as const) {
    const mean = rows.reduce((sum, row) => sum + Number(row[name]), 0) / rows.length;
    const said = await result(demo, "ways").locator(`[data-way="${way}"] [data-value]`).getAttribute("data-value");
    expect(Number(said), name).toBeCloseTo(mean, 3);
  }
  await expect(result(demo, "ways").locator('[data-way="shifted"]')).toContainText("拿到第 101、102、103、104……行");
});
