import type { Page } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, run, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/introduction/encoder-decoder/";
/** A training that is over in a moment. */
const SHORT = "translators.steps=20&translators.digits=3&translators.width=8&translators.batch=8";

async function train(page: Page) {
  const demo = await wakeDemo(page, "translators");
  await action(demo, "start").click();
  await expectDone(demo);
  return demo;
}

test("a learning rate that is far too large is told, whether the loss is finite or not", async ({ page, open }) => {
  await open(`${PAGE}#translators?${SHORT.replace("steps=20", "steps=60")}&translators.learningRate=10`);
  const demo = await wakeDemo(page, "translators");
  await action(demo, "start").click();
  await expect(demo).toHaveAttribute("data-state", /done|error/);
  const told = result(demo, "trouble").or(demo.getByRole("alert"));
  await expect(told.first()).toContainText("学习率");
});

test("what the reader has trained is what is looked into, and attention that was set is what it goes by", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#translators?${SHORT}`);
  await train(page);
  const states = await wakeDemo(page, "states");
  await states.getByRole("textbox", { name: "原文" }).fill("305");
  await run(states);
  await expect(states.getByRole("status")).toContainText("训练了 20 步");
  expect((await savedRecords(page, states)).slice(0, 3).map(({ 读到: token }) => token)).toEqual(["3", "0", "5"]);

  const whatIf = await wakeDemo(page, "what-if");
  await whatIf.getByRole("textbox", { name: "原文" }).fill("305");
  await whatIf.getByRole("radio", { name: "只看这一格" }).check();
  await run(whatIf);
  const cells = whatIf.getByRole("listbox");
  // The column before: computed by itself, as the model is there.
  await cells.press("ArrowLeft");
  await expect(result(whatIf, "cell")).toContainText("给原文第 2 个「0」100%");
  await whatIf.getByRole("radio", { name: "不改" }).check();
  await expect(result(whatIf, "told")).toContainText("没有改什么");
});

test("a character that somebody writes is written, and the rest follows it", async ({ page, open }) => {
  await open(`${PAGE}#translators?${SHORT}&what-if.row=1`);
  await train(page);
  const demo = await wakeDemo(page, "what-if");
  await demo.getByRole("radio", { name: "不改" }).check();
  await demo.getByRole("textbox", { name: "这一步的字改成" }).fill("日");
  await run(demo);
  const [first] = await savedRecords(page, demo);
  expect(first?.改了以后).toBe("日");
});

test("nothing, unknown characters and far too many are answered in words, before anything is trained", async ({
  page,
  open,
}) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "states");
  const source = demo.getByRole("textbox", { name: "原文" });
  for (const [text, answer] of [
    ["", "先写一个数"],
    ["三百", "没有见过「三」"],
  ] as const) {
    await source.fill(text);
    await action(demo, "run").click();
    await expect(demo.getByRole("alert")).toContainText(answer);
  }
  await source.fill("1".repeat(600));
  await expect(source).toHaveValue("1".repeat(12));
});
