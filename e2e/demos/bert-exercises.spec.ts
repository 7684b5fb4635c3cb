import { expect, test } from "../fixtures.ts";
import { check, wakeExercise } from "./exercise.ts";

test("two models judge the reader's sentence", async ({ page, open }) => {
  await open("/gpt-bert/visual-bert/masked-lm/");
  const form = await wakeExercise(page, "both-sides");
  const field = form.getByLabel("你的句子，要猜的字放在方括号里");
  await field.fill("没有括号。");
  await check(form, "unusable", "方括号");
  await field.fill("她忘了带[龘]。");
  await check(form, "unusable", "词表里没有「龘」");
  await field.fill("她忘了带[伞]，全身都被雨淋湿了。");
  await check(form, /^(right|wrong)$/, "BERT 最先猜");
  await expect(form.getByRole("status")).toContainText(/「伞」排第 \d+.*GPT 最先猜/);
  // From the very left GPT sees nothing at all.
  await field.fill("[天]空很蓝。");
  await check(form, /^(right|wrong)$/, "GPT 最先猜");
});
