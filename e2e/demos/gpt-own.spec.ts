import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { action, expectDone, result, run, savedRecords, wakeDemo } from "./demo.ts";

const CHAPTER = "/gpt-bert/visual-gpt/";
const FOLDERS = fileURLToPath(new URL("../../src/engine/testdata/folders", import.meta.url));
const FILES = ["config.json", "tokenizer.json", "model.safetensors"];

/** In byte-level BPE. */
const TEXT = "hello 猫";
const WORDS = ["h", "e", "ll", "o", "␣", "‹E7›", "‹8C›", "‹AB›"];

/** @param change what config.json says otherwise */
async function choose(demo: Locator, folder: string, change: object = {}): Promise<void> {
  const files = FILES.map(async (name) => {
    const bytes = await readFile(`${FOLDERS}/${folder}/${name}`);
    const changed = () => Buffer.from(JSON.stringify({ ...JSON.parse(bytes.toString()), ...change }));
    return { name, mimeType: "", buffer: name === "config.json" ? changed() : bytes };
  });
  await demo.getByText("换一个模型").click();
  await demo.getByRole("radio", { name: "自己的" }).check();
  await demo.getByLabel("模型的文件").setInputFiles(await Promise.all(files));
  await action(demo, "own-inspect").click();
}

for (const { name, change, front } of [
  { name: "a checkpoint of one's own", change: {}, front: 1 },
  {
    name: "one that names no mark between texts, has ReLU in its networks and does not scale its scores",
    change: { eos_token_id: [1, 2], activation_function: "relu", scale_attn_weights: false },
    front: 0,
  },
]) {
  test(`${name}, opened once, is in all that the chapter shows`, async ({ page, open }) => {
    const length = WORDS.length + front;
    await open(CHAPTER);
    const walk = await wakeDemo(page, "walk");
    await choose(walk, "gpt2", change);
    await expect(result(walk, "report")).toContainText("gpt2");
    await expect(action(walk, "own-agree")).toHaveText(/^同意，读取 [\d.]+\s[kM]B$/);
    await action(walk, "own-agree").click();
    const opened = result(walk, "own-model");
    await expect(opened).toContainText("1 块，每块 2 个头，宽 8，词表 384，最多读 32 个词元");
    if (front === 0) await expect(opened).toContainText(/文字前面不加记号.*2 个结束词元里的任何一个/);
    else await expect(opened).not.toContainText("记号");
    await walk.getByLabel("一句话", { exact: true }).fill(TEXT);
    await expectDone(walk);
    await expect(walk.getByRole("status")).toContainText(`${length} 个词元走完了 1 块`);
    await expect(walk.getByLabel("看哪个字").getByRole("button")).toHaveText([
      ...(front === 1 ? ["[endoftext]"] : []),
      ...WORDS,
    ]);
    await expect(walk.getByRole("group", { name: "层", exact: true }).getByRole("radio")).toHaveCount(1);

    await walk.locator('[data-node="gelu"]').click();
    await expect(result(walk, "title")).toHaveText(front === 0 ? "ReLU：负的都压成零" : "GELU：负的几乎都压成零");
    await walk.locator('[data-node="scores"]').click();
    await expect(result(walk, "station")).toContainText(front === 0 ? "不除以 √4" : "再除以 √4");

    // Longer than the context: said, not cut.
    await walk.getByLabel("一句话", { exact: true }).fill("猫".repeat(20));
    await expect(walk.getByRole("alert")).toContainText("模型最多读 32 个");

    /** Another page, on which the model is known. @param settings of its demos, by their names */
    const goTo = async (path: string, settings: Readonly<Record<string, string>>): Promise<void> => {
      const set = Object.entries(settings).map(([demo, own]) => `${demo}.model=own&${own}`);
      await open(`${CHAPTER}${path}#${Object.keys(settings)[0]}?${set.join("&")}`);
    };
    /** A run of one of its demos, and the table that it saves. */
    const runThere = async (name: string) => {
      const demo = await wakeDemo(page, name);
      await run(demo);
      return { demo, rows: await savedRecords(page, demo) };
    };

    await goTo("introduction/", { perplexity: `perplexity.text=${TEXT}` });
    const perplexity = await runThere("perplexity");
    expect(perplexity.rows.map((row) => row.词元)).toEqual(WORDS.slice(1 - front));
    await perplexity.demo.getByLabel("一段话", { exact: true }).fill("a");
    if (front === 1) await expect(result(perplexity.demo, "words")).toContainText("1 个词元的概率");
    else await expect(perplexity.demo.getByRole("alert")).toContainText("「a」前面没有东西，猜不了它");
    await goTo("generation/", { film: "film.text=a&film.tokens=3&film.choose=greedy" });
    const film = await runThere("film");
    expect(film.rows.map((row) => row.读进的词元)).toEqual([String(1 + front), "1", "1"]);
    await goTo("output/", { lens: `lens.text=${TEXT}` });
    const lens = await runThere("lens");
    expect(lens.rows).toHaveLength(2 * length);
    expect(lens.rows[4 + front]).toMatchObject({ 读到的字: "␣", 真的下一个字: "‹E7›" });
    await goTo("input/", { position: `position.text=${TEXT}` });
    expect((await runThere("position")).rows.map((row) => row.字)).toEqual(WORDS.slice(1 - front));
    await goTo("architecture/", { neurons: `neurons.own=${TEXT}`, features: `features.own=${TEXT}` });
    expect((await runThere("neurons")).rows).toHaveLength(12);
    expect((await runThere("features")).rows).toHaveLength(2);
    await goTo("gpt-and-bert/", { "two-sides": "two-sides.text=我爱猫&two-sides.other=我爱狗" });
    const sides = await runThere("two-sides");
    expect(sides.rows.filter(({ 模型: model }) => model !== "bert-zh")).toHaveLength(9 + front);
    await goTo("attention/", { heads: `heads.text=${TEXT}`, patch: "patch.donor=五月&patch.into=五夜" });
    const heads = await runThere("heads");
    expect(heads.rows).toHaveLength(2);
    await expect(heads.demo.getByText(`随机取 ${8 - front} 个字`)).toBeVisible();
    const { demo: patch, rows } = await runThere("patch");
    expect(rows.map((row) => row.原来的字)).toEqual(
      [...Array(2)].flatMap(() => ["[endoftext]", "五", "夜"].slice(1 - front)),
    );
    await patch.getByLabel("换进这一句").fill("hello");
    await action(patch, "run").click();
    await expect(patch.getByRole("alert")).toContainText("现在一句 2 个词元，一句 4 个");

    // Closed on one page, it is gone on all.
    await action(patch, "own-close").click();
    await expect(patch.getByLabel("模型的文件")).toBeVisible();
    await open(`${CHAPTER}output/#lens?lens.model=own`);
    const closed = await wakeDemo(page, "lens");
    await action(closed, "run").click();
    await expect(closed.getByRole("alert")).toContainText("还没有打开自己的模型");
  });
}

test("what is no GPT-2 is refused by its name, and what is missing is named", async ({ page, open }) => {
  await open(`${CHAPTER}output/`);
  const demo = await wakeDemo(page, "lens");
  await choose(demo, "bert");
  const error = result(demo, "own-error");
  await expect(error).toContainText("这是 bert，这里的演示要 GPT-2");
  await demo.getByLabel("模型的文件").setInputFiles([`${FOLDERS}/gpt2/config.json`]);
  await action(demo, "own-inspect").click();
  await expect(error).toContainText("缺少 tokenizer.json、model.safetensors");
});
