import type { Locator } from "@playwright/test";
import { action, result, wakeDemo } from "../demos/demo.ts";
import { expect, test } from "../fixtures.ts";

/** What is the work of a moment is played; elsewhere the tests want less motion, and see everything at once. */
test.use({ contextOptions: { reducedMotion: "no-preference" } });

/** A demo that plays, what grows in it meanwhile, and the button that starts it. */
interface Played {
  readonly path: string;
  readonly name: string;
  readonly grown: (demo: Locator) => Locator;
  readonly press: string;
}

const PLAYED: readonly Played[] = [
  { path: "/", name: "opening", grown: (demo) => result(demo, "poem").locator(".token"), press: "run" },
  {
    path: "/gpt-bert/decoding/",
    name: "step",
    grown: (demo) => result(demo, "text").locator(".token"),
    press: "walk",
  },
  {
    path: "/gpt-bert/decoding/beam/#beam-tree?beam-tree.maxNewTokens=8",
    name: "beam-tree",
    grown: (demo) => demo.getByRole("treeitem"),
    press: "run",
  },
  {
    path: "/gpt-bert/decoding/combined/",
    name: "compare",
    grown: (demo) => demo.locator('[data-decoder="beam"] .glyph'),
    press: "run",
  },
];

for (const { path, name, grown, press } of PLAYED) {
  test(`${name} is played at a pace that one can follow, stops, goes on, and can be gone through`, async ({
    page,
    open,
  }) => {
    await open(path);
    const demo = await wakeDemo(page, name);
    const play = action(demo, "play");
    const place = demo.locator(".player input[type=range]");
    await action(demo, press).click();
    // The model is done, and what it wrote is being shown.
    await expect(demo).toHaveAttribute("data-state", "done");
    await expect(play).toHaveText("暂停");
    await play.click();
    await expect(play).toHaveText("播放");
    const all = Number(await place.getAttribute("max"));
    const stopped = Number(await place.inputValue());
    expect(stopped).toBeLessThan(all);
    const some = await grown(demo).count();

    await place.press("ArrowRight");
    await expect(place).toHaveValue(String(stopped + 1));
    await expect.poll(() => grown(demo).count()).toBeGreaterThan(some);
    await place.press("End");
    await expect(place).toHaveValue(String(all));
    const whole = await grown(demo).count();
    expect(whole).toBeGreaterThan(some);

    // From its beginning again, and by itself to the end.
    await play.click();
    await expect.poll(() => grown(demo).count()).toBeLessThan(whole);
    await expect(play).toHaveText("播放");
    await expect(grown(demo)).toHaveCount(whole);
  });
}

test("the first poem can be played before anything is downloaded", async ({ page, open, requests }) => {
  await open("/");
  const demo = await wakeDemo(page, "opening");
  const tokens = result(demo, "poem").locator(".token");
  const whole = await tokens.count();
  await action(demo, "play").click();
  await expect.poll(() => tokens.count()).toBeLessThan(whole);
  await expect(tokens).toHaveCount(whole);
  await expect(demo).toHaveAttribute("data-figure", /built/);
  expect(requests.filter((url) => /safetensors/.test(url))).toEqual([]);
});

/** What came with the page is played, too, before anything is downloaded. */
const RECORDED: readonly Omit<Played, "press">[] = [
  {
    path: "/chatgpt-rlhf/rlhf/workflow/#workflow?workflow.part=rollout",
    name: "workflow",
    grown: (demo) => demo.locator("button[data-part]:not([data-ahead])"),
  },
  {
    path: "/gpt-bert/visual-gpt/generation/",
    name: "film",
    grown: (demo) => demo.locator(".steps button:not(.later)"),
  },
];

for (const { path, name, grown } of RECORDED) {
  test(`${name} can be played, stopped and gone through as it came`, async ({ page, open, requests }) => {
    await open(path);
    const demo = await wakeDemo(page, name);
    const play = action(demo, "play");
    const place = demo.locator(".player input[type=range]");
    const all = Number(await place.getAttribute("max"));
    await expect(place).toHaveValue(String(all));
    const whole = await grown(demo).count();

    // From its beginning, by itself.
    await play.click();
    await expect(play).toHaveText("暂停");
    await expect(place).toHaveValue("2");
    await play.click();
    await expect(play).toHaveText("播放");
    await expect(place).toHaveValue("2");
    const some = await grown(demo).count();
    expect(some).toBeLessThan(whole);

    await place.press("ArrowRight");
    await expect.poll(() => grown(demo).count()).toBeGreaterThan(some);
    await place.press("ArrowLeft");
    await expect(grown(demo)).toHaveCount(some);

    // And to its end.
    await place.press("End");
    await place.press("ArrowLeft");
    await expect(place).toHaveValue(String(all - 1));
    await play.click();
    await expect(place).toHaveValue(String(all));
    await expect(play).toHaveText("播放");
    await expect(grown(demo)).toHaveCount(whole);
    await expect(demo).toHaveAttribute("data-figure", /built|recorded/);
    expect(requests.filter((url) => /safetensors/.test(url))).toEqual([]);
  });
}

test("a round of PPO is played stage by stage once it is there", async ({ page, open }) => {
  const small = { part: "rollout", iterations: 2, batch: 2, length: 4 };
  const set = Object.entries(small).map(([key, value]) => `workflow.${key}=${value}`);
  await open(`/chatgpt-rlhf/rlhf/workflow/#workflow?${set.join("&")}`);
  const demo = await wakeDemo(page, "workflow");
  const stage = demo.locator("[data-stage]");
  await action(demo, "step").click();
  await expect(action(demo, "play")).toHaveText("暂停");
  for (const part of ["penalty", "advantages", "update"]) await expect(stage).toHaveAttribute("data-stage", part);
  await expect(action(demo, "play")).toHaveText("播放");
  await expect(demo.locator('button[data-part="rollout"]')).toContainText("第 1 轮：「");

  // A box that is picked stops it, in the round that is looked at.
  await action(demo, "play").click();
  await demo.locator('button[data-part="advantages"]').click();
  await expect(action(demo, "play")).toHaveText("播放");
  await expect(demo.locator(".player input[type=range]")).toHaveValue("3");
});

test("the way through a GPT goes on by itself, is stopped, and can be gone back", async ({ page, open }) => {
  await open("/gpt-bert/visual-gpt/#walk?walk.station=q");
  const demo = await wakeDemo(page, "walk");
  const title = result(demo, "title");
  const begun = await title.textContent();
  await action(demo, "play").click();
  await expect(title).not.toHaveText(begun ?? "");
  await action(demo, "play").click();
  await expect(action(demo, "play")).toHaveText("自动走");
  await action(demo, "previous").click();
  await expect(title).toHaveText(begun ?? "");
});

test.describe("who wants less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("sees everything at once, and can play it all the same", async ({ page, open }) => {
    await open("/");
    const demo = await wakeDemo(page, "opening");
    const play = action(demo, "play");
    const place = demo.locator(".player input[type=range]");
    await action(demo, "run").click();
    await expect(demo).toHaveAttribute("data-state", "done");
    await expect(play).toHaveText("播放");
    await expect(place).toHaveValue((await place.getAttribute("max")) ?? "");
    await play.click();
    await expect(play).toHaveText("暂停");
  });
});
