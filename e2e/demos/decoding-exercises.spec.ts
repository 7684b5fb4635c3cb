import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { cellOf, result, run, wakeDemo } from "./demo.ts";
import { check, wakeExercise } from "./exercise.ts";

const pick = (form: Locator, token: string) => form.getByRole("group").getByRole("button", { name: token }).click();

test("the top-p exercise asks again and again, and knows each answer", async ({ page, open }) => {
  await open("/gpt-bert/decoding/top-p/");
  const form = await wakeExercise(page, "top-p");
  const questions = new Set<string>();
  for (let round = 0; round < 3; round++) {
    await check(form, "unusable", "先点出");
    const p = Number.parseInt((await form.locator("[data-p]").textContent()) ?? "", 10);
    const labels = await form.getByRole("group").getByRole("button").allTextContents();
    questions.add(`${p} ${labels}`);
    const options = labels
      .map((label) => ({ token: label.trim().charAt(0), percent: Number.parseInt(label.replaceAll(/\D/g, ""), 10) }))
      .sort((a, b) => b.percent - a.percent);

    // The definition: from the largest down, until the sum reaches p.
    let sum = 0;
    for (const { token, percent } of options) {
      if (sum >= p) break;
      await pick(form, token);
      sum += percent;
    }
    await check(form, "right", `第一次到了 ${p}%`);
    await pick(form, options[0]?.token ?? "");
    await check(form, sum === options[0]?.percent ? "unusable" : "wrong");
    await form.getByRole("button", { name: "换一题" }).click();
  }
  expect(questions.size).toBe(3);
});

test("the beam exercise runs the search for every width", async ({ page, open }) => {
  await open("/gpt-bert/decoding/beam/");
  const form = await wakeExercise(page, "beam-widths");
  await check(form, "unusable", "先点出");
  for (const width of ["2", "3", "4", "5", "6"]) await pick(form, width);
  await check(form, "wrong", "束宽 3 找到的是");
  await pick(form, "3");
  await check(form, "right", "秋月明");
});

test("the prediction waits for the sweep of the page, and is judged by what that has written", async ({
  page,
  open,
}) => {
  const settings = {
    form: "五绝",
    opening: "春风吹柳絮，春色满花枝。不是",
    temperatureFrom: 1,
    temperatureTo: 1.5,
    values: 2,
    poems: 20,
  };
  const state = new URLSearchParams(Object.entries(settings).map(([key, value]) => [`temperature.${key}`, `${value}`]));
  await open(`/gpt-bert/decoding/sampling/#temperature?${state}`);
  const form = await wakeExercise(page, "predict-rhyme");
  const guess = form.getByLabel("少几个百分点");
  await check(form, "unusable", "请写一个数");
  await guess.fill("20");
  await check(form, "unusable", "写完诗，再来检查");

  const demo = await wakeDemo(page, "temperature");
  await run(demo);
  const shares = await Promise.all(
    ["1", "1.5"].map((row) => cellOf(result(demo, "table"), row, "押韵").getAttribute("data-value")),
  );
  const [cold, hot] = shares.map(Number);
  const fewer = 100 * (cold! - hot!);
  await guess.fill(fewer.toFixed(1));
  await check(form, "right", `少 ${fewer.toFixed(1).replace("-", "−")} 个百分点`);
  await guess.fill("100");
  await check(form, "wrong", "太多");
});
