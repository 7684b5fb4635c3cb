import { action, result, wakeDemo } from "../demos/demo.ts";
import { expect, test } from "../fixtures.ts";
import { PHONE } from "../warm-pages.ts";

test.use({ viewport: PHONE, hasTouch: true });

/** Pages, a demo on each, the label of one of its sliders, and what it changes. */
const SLIDERS = [
  ["/gpt-bert/decoding/top-k/", "top-k", "k", "steps"],
  ["/gpt-bert/decoding/", "step", "top-k", "distribution"],
] as const;

for (const [path, name, label, changed] of SLIDERS) {
  test(`on a phone the slider in use stays in the window with what it changes: ${name}`, async ({ page, open }) => {
    await open(path);
    const demo = await wakeDemo(page, name);
    const slider = demo.getByRole("slider", { name: label, exact: true });
    await slider.focus();
    await slider.press("ArrowLeft");
    await result(demo, changed).evaluate((figure) => figure.scrollIntoView({ block: "start", behavior: "instant" }));
    await expect(slider).toBeFocused();
    await expect(slider).toBeInViewport({ ratio: 1 });
    await expect(result(demo, changed)).toBeInViewport();
    await expect(action(demo, "run")).toBeInViewport({ ratio: 1 });
    // It covers the foot of the figure, and not the row of buttons.
    const [row, own] = await Promise.all([action(demo, "run").boundingBox(), slider.boundingBox()]);
    expect(own!.y + own!.height).toBeLessThanOrEqual(row!.y);
  });
}
