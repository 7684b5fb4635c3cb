import { fileURLToPath } from "node:url";
import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { action, expectDone, result, run, savedRecords, wakeDemo } from "./demo.ts";

const CHAPTER = "/gpt-bert/visual-gpt/";
const FOLDERS = fileURLToPath(new URL("../../src/engine/testdata/folders", import.meta.url));
const FILES = ["config.json", "tokenizer.json", "model.safetensors"];

/** In byte-level BPE: 「[endoftext] h e ll o ␣ ‹E7› ‹8C› ‹AB›」. */
const TEXT = "hello 猫";
const LENGTH = 9;

async function choose(demo: Locator, folder: string): Promise<void> {
  await demo.getByText("换一个模型").click();
  await demo.getByRole("radio", { name: "自己的" }).check();
  await demo.getByLabel("模型的文件").setInputFiles(FILES.map((file) => `${FOLDERS}/${folder}/${file}`));
  await action(demo, "own-inspect").click();
}

test("a checkpoint of one's own, opened once, is in all that the chapter shows", async ({ page, open }) => {
  await open(CHAPTER);
  const walk = await wakeDemo(page, "walk");
  await choose(walk, "gpt2");
  await expect(result(walk, "report")).toContainText("gpt2");
  await expect(action(walk, "own-agree")).toHaveText(/^同意，读取 [\d.]+\s[kM]B$/);
  await action(walk, "own-agree").click();
  await expect(result(walk, "own-model")).toContainText("1 块，每块 2 个头，宽 8，词表 384，最多读 32 个词元");
  await walk.getByLabel("一句话", { exact: true }).fill(TEXT);
  await expectDone(walk);
  await expect(walk.getByRole("status")).toContainText(`${LENGTH} 个词元走完了 1 块`);
  await expect(walk.getByLabel("看哪个字").getByRole("button", { name: "‹AB›" })).toBeVisible();
  await expect(walk.getByRole("group", { name: "层", exact: true }).getByRole("radio")).toHaveCount(1);

  // Longer than the context: said, not cut.
  await walk.getByLabel("一句话", { exact: true }).fill("猫".repeat(20));
  await expect(walk.getByRole("alert")).toContainText("模型最多读 32 个");

  /** Another page, on which the model is known; a run of one of its demos, and the table that it saves. */
  const runThere = async (path: string, name: string, settings: string) => {
    await open(`${CHAPTER}${path}#${name}?${name}.model=own&${settings}`);
    const demo = await wakeDemo(page, name);
    await run(demo);
    return { demo, rows: await savedRecords(page, demo) };
  };

  const heads = await runThere("attention/", "heads", `heads.text=${TEXT}`);
  expect(heads.rows).toHaveLength(2);
  await expect(heads.demo.getByText("随机取 7 个字")).toBeVisible();
  const perplexity = await runThere("introduction/", "perplexity", `perplexity.text=${TEXT}`);
  expect(perplexity.rows.map((row) => row.词元)).toEqual(["h", "e", "ll", "o", "␣", "‹E7›", "‹8C›", "‹AB›"]);
  const film = await runThere("generation/", "film", "film.text=a&film.tokens=3&film.choose=greedy");
  expect(film.rows.map((row) => row.读进的词元)).toEqual(["2", "1", "1"]);
  const lens = await runThere("output/", "lens", `lens.text=${TEXT}`);
  expect(lens.rows).toHaveLength(2 * LENGTH);
  expect(lens.rows[5]).toMatchObject({ 读到的字: "␣", 真的下一个字: "‹E7›" });
  const position = await runThere("input/", "position", `position.text=${TEXT}`);
  expect(position.rows).toHaveLength(LENGTH - 1);
  const neurons = await runThere("architecture/", "neurons", `neurons.own=${TEXT}`);
  expect(neurons.rows).toHaveLength(12);
  const features = await runThere("architecture/", "features", `features.own=${TEXT}`);
  expect(features.rows).toHaveLength(2);
  const sides = await runThere("gpt-and-bert/", "two-sides", "two-sides.text=我爱猫&two-sides.other=我爱狗");
  expect(sides.rows.filter(({ 模型: model }) => model !== "bert-zh")).toHaveLength(10);

  await open(`${CHAPTER}attention/#patch?patch.model=own&patch.donor=hello&patch.into=hello!!`);
  const patch = await wakeDemo(page, "patch");
  await action(patch, "run").click();
  await expect(patch.getByRole("alert")).toContainText("现在一句 4 个词元，一句 6 个");

  // Closed on one page, it is gone on all.
  await action(patch, "own-close").click();
  await expect(patch.getByLabel("模型的文件")).toBeVisible();
  await open(`${CHAPTER}output/#lens?lens.model=own`);
  const closed = await wakeDemo(page, "lens");
  await action(closed, "run").click();
  await expect(closed.getByRole("alert")).toContainText("还没有打开自己的模型");
});

test("what is no GPT-2 is refused by its name, and what is missing is named", async ({ page, open }) => {
  await open(`${CHAPTER}output/`);
  const demo = await wakeDemo(page, "lens");
  await choose(demo, "bert");
  await expect(result(demo, "own-error")).toContainText("这是 bert，这里的演示要 GPT-2");
  await demo.getByLabel("模型的文件").setInputFiles([`${FOLDERS}/gpt2/config.json`]);
  await action(demo, "own-inspect").click();
  await expect(result(demo, "own-error")).toContainText("缺少 tokenizer.json、model.safetensors");
});
