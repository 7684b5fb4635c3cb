import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, savedRecords, setNumber, wakeDemo } from "./demo.ts";
import { check, wakeExercise } from "./exercise.ts";

const PAGE = "/gpt-bert/visual-gpt/generation/";

test("the film can be gone through: a step computes one column, and without the cache all of them", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#film?film.text=我爱&film.tokens=4&film.choose=greedy`);
  const demo = await wakeDemo(page, "film");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done");
  const rows = await savedRecords(page, demo);
  expect(rows.map((row) => row.读进的词元)).toEqual(["3", "1", "1", "1"]);
  for (const row of rows) {
    expect(Number(row["毫秒，有缓存"])).toBeGreaterThan(0);
    expect(row.各深度猜的字?.split(" ").at(-1)).toBe(row.最可能的字);
  }

  await setNumber(demo, "第几步", 2);
  await expect(result(demo, "step")).toContainText("第 2 步：读进刚写的");
  const computed = demo.locator("tbody td.fresh");
  await expect(computed).toHaveCount(6);
  await demo.getByLabel("没有缓存", { exact: true }).check();
  await expect(computed).toHaveCount(6 * 4);
  await expect(demo.locator("tbody td.empty")).toHaveCount(6 * 2);

  // The line of what was chosen is the way to a step, too.
  const pictures = demo.getByRole("list", { name: "每一步选中的词元" }).getByRole("button");
  await expect(pictures).toHaveText(rows.map((row, i) => `第 ${i + 1} 步，${row.选中的字}`));
  await pictures.nth(2).press("Enter");
  await expect(result(demo, "step")).toContainText("第 3 步：");
  await expect(pictures.nth(2)).toHaveAttribute("aria-current", "step");
});

test("the exercise is judged by the film that the reader has made", async ({ page, open }) => {
  await open(`${PAGE}#film?film.tokens=6`);
  const demo = await wakeDemo(page, "film");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done");
  const exercise = await wakeExercise(page, "predict-cache");
  await exercise.getByLabel("几倍").fill("100");
  await check(exercise, "wrong", /写 6 步，有缓存 .*没有缓存 .*倍.*太多/);
});
