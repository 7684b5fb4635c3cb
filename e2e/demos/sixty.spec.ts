import { PLAIN_SENTENCES } from "../../src/components/subjects/sentences/plain-sentences.ts";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, cellOf, expectDone, result, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/";

test("does all sixty, says how many are right, and lists the others", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "sixty");
  await action(demo, "run").click();
  await expectDone(demo, 200_000);
  const total = (column: string) => cellOf(result(demo, "scores"), "合计", column);
  await expect(total("个数")).toHaveText("60");

  // A tile for each, by how it was guessed.
  const tiles = result(demo, "scores").locator("[data-guess]");
  await expect(tiles).toHaveCount(60);

  const rows = await savedRecords(page, demo);
  expect(rows.map((row) => row.句子)).toEqual(PLAIN_SENTENCES.map(({ text }) => text));
  const within = (most: number) => rows.filter((row) => row.名次 !== "" && Number(row.名次) <= most).length;
  await expect(total("第一个就对")).toHaveAttribute("data-value", String(within(1) / 60));
  await expect(total("前五个里有")).toHaveAttribute("data-value", String(within(5) / 60));
  await expect(result(demo, "scores").locator('[data-guess="first"]')).toHaveCount(within(1));
  await expect(result(demo, "scores").locator('[data-guess="none"]')).toHaveCount(60 - within(5));
  for (const row of rows) {
    const right = row.前五个?.split(" ").some((token) => row.算对的字?.includes(token)) ?? false;
    expect(right, row.句子).toBe(Number(row.名次) <= 5);
  }

  const listed = result(demo, "listed").locator("tbody tr");
  await expect(listed).toHaveCount(60 - within(5));
  await demo.getByRole("radio", { name: "第一个不对" }).check();
  await expect(listed).toHaveCount(60 - within(1));
  await demo.getByRole("radio", { name: "全部" }).check();
  await expect(listed).toHaveCount(60);

  // A sentence opens in the demo above.
  await listed.first().getByRole("link").click();
  await expect(page.locator('[data-demo="fill-mask"]').getByLabel("一句话")).toHaveValue("猫坐在椅子上。");
});
