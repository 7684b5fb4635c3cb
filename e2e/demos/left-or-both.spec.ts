import { expect, warmTest as test } from "../fixtures.ts";
import { action, cancelWhen, result, run, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/masked-lm/";

test("both models answer, and the counts are those of the answers", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "left-or-both");
  await run(demo);
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(60);
  const right = (row: Readonly<Record<string, string>>, name: string, most: number) =>
    row[`${name} 名次`] !== "" && Number(row[`${name} 名次`]) <= most;
  for (const most of [1, 5]) {
    if (most === 5) await demo.getByRole("radio", { name: "前五个里有" }).check();
    const both = rows.filter((row) => right(row, "GPT", most) && right(row, "BERT", most)).length;
    const onlyBert = rows.filter((row) => !right(row, "GPT", most) && right(row, "BERT", most)).length;
    const onlyGpt = rows.filter((row) => right(row, "GPT", most) && !right(row, "BERT", most)).length;
    await expect(result(demo, "outcome")).toContainText(
      `两个都对 ${both} 句，只有 BERT 对 ${onlyBert} 句，只有 GPT 对 ${onlyGpt} 句`,
    );
    const lefts = rows.filter((row) => row.类 === "线索在左边");
    const left = lefts.filter((row) => right(row, "GPT", most)).length;
    await expect(result(demo, "shares").locator("figcaption").first()).toContainText(
      `GPT，只看左边 ${left} / ${lefts.length}`,
    );
  }
  await demo.getByRole("button", { name: `全部列出（${rows.length} 句）` }).click();
  await expect(result(demo, "duels").locator("tbody tr")).toHaveCount(rows.length);
});

test("the other sentences can be tried, and are drawn as what they are", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "left-or-both");
  await demo.getByRole("radio", { name: "六十句平常话" }).check();
  const enough = cancelWhen(demo, '[role="status"]', "做了 [3-9] / 60");
  await action(demo, "run").click();
  await enough;
  await expect(result(demo, "duels")).toContainText("猫坐在");
  await expect(result(demo, "shares").locator("figure")).toHaveCount(1);
});
