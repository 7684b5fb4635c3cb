import { PLAIN_SENTENCES } from "../../src/components/subjects/sentences/plain-sentences.ts";
import { expect, expectAccessible, test } from "../fixtures.ts";
import { action, cancelWhen, result, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/";

test("does all sixty, says how many are right, and lists the others", { tag: "@page" }, async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "sixty");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done", { timeout: 200_000 });
  const total = result(demo, "scores").locator('[data-group="合计"]');
  await expect(total).toHaveAttribute("data-asked", "60");

  const rows = await savedRecords(page, demo);
  expect(rows.map((row) => row.句子)).toEqual(PLAIN_SENTENCES.map(({ text }) => text));
  const within = (most: number) => rows.filter((row) => row.名次 !== "" && Number(row.名次) <= most).length;
  await expect(total).toHaveAttribute("data-first", String(within(1)));
  await expect(total).toHaveAttribute("data-five", String(within(5)));
  for (const row of rows) {
    const right = row.前五个?.split(" ").some((token) => row.算对的字?.includes(token)) ?? false;
    expect(right, row.句子).toBe(Number(row.名次) <= 5);
  }

  const listed = result(demo, "listed").locator("li[data-place]");
  await expect(listed).toHaveCount(60 - within(5));
  await demo.getByRole("radio", { name: "第一个不对" }).check();
  await expect(listed).toHaveCount(60 - within(1));
  await demo.getByRole("radio", { name: "全部" }).check();
  await expect(listed).toHaveCount(60);
  await expectAccessible(page, '[data-demo="sixty"]');

  // A sentence opens in the demo above.
  await listed.first().getByRole("link").click();
  await expect(page.locator('[data-demo="fill-mask"]').getByLabel("一句话")).toHaveValue("猫坐在椅子上。");
});

test("stops where it is when cancelled, and can be done again", { tag: "@page" }, async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "sixty");
  const cancelled = cancelWhen(demo, '[role="status"]', "读了 6 / 60");
  await action(demo, "run").click();
  await cancelled;
  await expect(demo).toHaveAttribute("data-state", "idle");
  await expect(result(demo, "scores").locator('[data-group="合计"]')).toHaveAttribute("data-asked", "6");
  const again = cancelWhen(demo, '[role="status"]', "读了 12 / 60");
  await action(demo, "run").click();
  await again;
  await expect(result(demo, "scores").locator('[data-group="合计"]')).toHaveAttribute("data-asked", "12");
});
