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
