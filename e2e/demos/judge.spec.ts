import type { Locator, Page } from "@playwright/test";
import { EXAM_SENTENCES } from "../../src/components/demos/visual-bert/judge/sentences.ts";
import { logOdds } from "../../src/engine/analysis/occlusion.ts";
import { createCpuBackend } from "../../src/engine/backends/cpu/cpu.ts";
import { Bert } from "../../src/engine/models/bert.ts";
import { readText } from "../../src/engine/models/bert-reading.ts";
import { readModel } from "../../src/engine/node.ts";
import { expect, test as freshTest, warmTest as test } from "../fixtures.ts";
import { action, cellOf, expectDone, result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/sentiment/";
const SENTENCE = "东西很好，人很坏。";

async function begin(page: Page, open: (path: string) => Promise<void>): Promise<Locator> {
  await open(`${PAGE}#?${new URLSearchParams({ "judge.text": SENTENCE })}`);
  const demo = await wakeDemo(page, "judge");
  await run(demo);
  return demo;
}

const card = (demo: Locator, place: number) => result(demo, "sentence").locator(`[data-place="${place}"]`);

test("verdict and contributions are what the model gives in Node, for any character that is hidden", async ({
  page,
  open,
}) => {
  const { config, tokenizer, tensors } = await readModel("public/models/sentiment-zh");
  if (config.architecture !== "bert") throw new Error("sentiment-zh is a BERT.");
  const backend = await createCpuBackend();
  const model = Bert.open(backend, config, tensors);
  const { ids, segments } = tokenizer.encode(SENTENCE);
  const mask = tokenizer.id("[MASK]")!;
  const odds = async (...places: number[]): Promise<number> => {
    const seen = ids.map((id, place) => (places.includes(place) ? mask : id));
    const { classes } = await readText(model, { ids: seen, segments });
    return logOdds(classes!, config.classNames.indexOf("good"));
  };

  const demo = await begin(page, open);
  const rows = await savedRecords(page, demo);
  expect(rows.map(({ 字: token }) => token)).toEqual(["[CLS]", ...SENTENCE, "[SEP]"]);
  const whole = await odds();
  for (const place of [1, 4, 8]) {
    expect(Number(rows[place]?.["贡献（纳特）"])).toBeCloseTo(whole - (await odds(place)), 2);
  }
  expect(Number(rows[0]?.好评的概率)).toBeCloseTo(1 / (1 + Math.exp(-whole)), 3);

  // A character that is hidden stays hidden while the others are measured again.
  await card(demo, 4).getByRole("button").click();
  await expect(result(demo, "verdict")).toContainText("这时遮住了 1 个");
  await expectDone(demo);
  const again = await savedRecords(page, demo);
  expect(again[4]?.["贡献（纳特）"]).toBe("");
  expect(Number(again[8]?.["贡献（纳特）"])).toBeCloseTo((await odds(4)) - (await odds(4, 8)), 2);
  backend.dispose();
});

test("another sentence begins with nothing hidden", async ({ page, open }) => {
  const demo = await begin(page, open);
  await card(demo, 4).getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(card(demo, 4).getByRole("button")).toHaveAttribute("aria-pressed", "true");
  await expect(result(demo, "verdict")).toContainText("遮住了");
  await demo.getByLabel("或者选一句").selectOption({ label: "不觉得它值这个价。" });
  await expect(result(demo, "verdict")).not.toContainText("遮住了");
  await expectDone(demo);
  await expect(demo.getByLabel("一句话")).toHaveValue("不觉得它值这个价。");
});

test("nothing, spaces, emoji, unknown characters and 600 characters are answered in words", async ({ page, open }) => {
  const demo = await begin(page, open);
  const field = demo.getByLabel("一句话");
  for (const nothing of ["", "   "]) {
    await field.fill(nothing);
    await expect(demo).toHaveAttribute("data-state", "error");
    await expect(demo).toContainText("至少一个字");
    await field.fill("好");
    await expectDone(demo);
  }
  await field.fill("😀龘好");
  await expectDone(demo);
  await expect(result(demo, "verdict")).toContainText("词表里没有「😀」「龘」");
  await field.fill("[MASK]");
  await expectDone(demo);
  await field.fill("好".repeat(600));
  await expect(demo.getByText("太长（600 字）")).toBeVisible();
  await expectDone(demo);
  await expect(result(demo, "sentence").locator("[data-band]")).toHaveCount(60);
});

test("all sentences are judged, kind by kind; the temperature changes only how sure it is", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "judge-exam");
  await run(demo);
  const rows = await savedRecords(page, demo);
  expect(rows.map(({ 句子: text }) => text)).toEqual(EXAM_SENTENCES.map(({ text }) => text));
  const graded = rows.filter((row) => row.该是 !== "");
  const right = graded.filter((row) => row.该是 === row.判成).length;
  for (const row of rows) expect(row.判成 === "好评", row.句子).toBe(Number(row.好评的概率) > 0.5);
  const total = (column: string) => cellOf(result(demo, "marks"), "合计", column);
  await expect(total("句数")).toHaveText(String(graded.length));
  await expect(total("判对")).toHaveAttribute("data-value", String(right / graded.length));
  await expect(result(demo, "listed").locator("tbody tr")).toHaveCount(graded.length - right);

  const confidence = async () => Number(await total("平均把握").getAttribute("data-value"));
  const before = await confidence();
  await setNumber(demo, "温度 τ", 10);
  await expect.poll(confidence).toBeLessThan(before);
  await expect(total("判对")).toHaveAttribute("data-value", String(right / graded.length));

  await demo.getByRole("radio", { name: "全部" }).check();
  await result(demo, "listed").getByRole("link").last().click();
  await expect(page.locator('[data-demo="judge"]').getByLabel("一句话")).toHaveValue(EXAM_SENTENCES.at(-1)!.text);
});

freshTest(
  "the layers of the fine-tuned model are read only when it is chosen and run",
  async ({ page, open, requests }) => {
    await open(`/gpt-bert/visual-bert/features/#?features.repeats=1&features.model=sentiment-zh`);
    const demo = await wakeDemo(page, "features");
    await expect(demo.getByRole("radio", { name: "sentiment-zh" })).toBeChecked();
    expect(requests.filter((url) => url.includes(".safetensors"))).toEqual([]);
    await action(demo, "run").click();
    await expectDone(demo, 200_000);
    expect(requests.filter((url) => url.includes(".safetensors")).every((url) => url.includes("/sentiment-zh/"))).toBe(
      true,
    );
    expect(await savedRecords(page, demo)).toHaveLength(19);
    // The other one was not read: of it there is what was there at first.
    await demo.getByRole("radio", { name: "bert-zh" }).check();
    await expect(demo).toHaveAttribute("data-state", "idle");
    await expect(demo).toHaveAttribute("data-figure", "built");
    expect(requests.filter((url) => url.includes("/bert-zh/model.safetensors"))).toEqual([]);
  },
);
