import { expect, warmTest as test } from "../fixtures.ts";
import { action, copiedLink, expectDone, result, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/introduction/training/";
const TEXT = "吃葡萄不吐葡萄皮，不吃葡萄倒吐葡萄皮。";

test("before the first merge a text is its bytes, and its characters are whole all the same", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#bpe?bpe.text=${encodeURIComponent(TEXT)}&bpe.at=0`);
  const demo = await wakeDemo(page, "bpe");
  await expectDone(demo);
  const pieces = result(demo, "pieces").getByRole("list", { name: "学过的文字" });
  await expect(pieces.locator(".text")).toHaveText([...TEXT]);
  await expect(demo.getByRole("status")).toContainText("合并了 0 次");
  await demo.getByRole("slider", { name: "合并了几次" }).press("End");
  await expect(
    pieces
      .locator(".text")
      .filter({ hasText: /^吃葡萄|^葡萄皮?$/ })
      .first(),
  ).toBeVisible();
  // What was never learnt is cut, too, and a text of nothing is answered in words.
  await demo.getByRole("textbox", { name: "再切一句没学过的" }).fill("龙🙂");
  await expect(result(demo, "pieces").getByRole("list", { name: "没学过的一句" }).locator(".text")).toHaveText([
    "龙",
    "🙂",
  ]);
  await demo.getByRole("textbox", { name: "从这段文字学" }).fill("");
  await expect(demo.getByRole("alert")).toContainText("先写几个字");
});

test("a rate of 10 makes the loss NaN, and the page says why; the others come to their ends", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#race?race.steps=60&race.sgd=10`);
  const demo = await wakeDemo(page, "race");
  await action(demo, "start").click();
  await expectDone(demo);
  await expect(result(demo, "trouble")).toContainText(/SGD 在第 \d+ 步发散了.*NaN.*学习率太大/);
  await expect(result(demo, "slice").locator("figcaption")).toContainText("过 动量、AdamW 此刻权重的平面");
});

test("a rate that is changed in mid-run holds from the next step on, and stands in the link", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#race?race.steps=10`);
  const demo = await wakeDemo(page, "race");
  await action(demo, "step").click();
  await expect(demo).toHaveAttribute("data-state", "paused");
  await action(demo, "times-0.1").click();
  await expect(demo.getByText("第 2 步起乘以 0.1")).toBeVisible();
  await action(demo, "start").click();
  await expectDone(demo);
  const rates = (await savedRecords(page, demo))
    .filter(({ 优化器: name }) => name === "AdamW")
    .map((row) => Number(row.学习率));
  expect(rates[1]! / rates[0]!).toBeCloseTo(0.1, 6);
  expect(await copiedLink(page, demo)).toContain("race.changes=2x0.1");
});

test("a text that is too short, or of one character, is not trained on", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "units");
  await demo.getByText("用你自己的文字").click();
  const own = demo.getByRole("textbox", { name: /换成你的文字/ });
  for (const [text, answer] of [
    ["太短", "太短了"],
    ["好".repeat(600), "只有一种字"],
  ] as const) {
    await own.fill(text);
    await expect(demo.getByRole("status")).toContainText(answer);
    await expect(action(demo, "start")).toHaveAttribute("aria-disabled", "true");
  }
});
