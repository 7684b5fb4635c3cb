import { rows } from "../contract/rows.ts";
import { action, result, wakeDemo } from "../demos/demo.ts";
import { expect, test } from "../fixtures.ts";
import { PHONE } from "../warm-pages.ts";

test.use({ viewport: PHONE, hasTouch: true });

/** Where things stand in a frame that is as wide as a phone, in CSS pixels. */
interface Places {
  readonly demo: string;
  /** Top of the figure, from that of the frame. */
  readonly figure: number;
  /** Bottom of the row of buttons, from that of the window, while the figure is at its upper edge: below zero it is in sight. */
  readonly buttons: number;
}

for (const [path, own] of Map.groupBy(rows, ({ page }) => page)) {
  test(`${path}: on a phone figures come before settings, and the buttons are in sight with them`, async ({
    page,
    open,
  }) => {
    await open(path);
    const frames = page.locator("[data-demo]");
    await expect(frames).toHaveCount(own.length);
    const places = await frames.evaluateAll((all) =>
      all.map((frame): Places => {
        const box = (selector: string): DOMRect => frame.querySelector(selector)!.getBoundingClientRect();
        const figure = box(".stage").top - frame.getBoundingClientRect().top;
        frame.querySelector(".stage")?.scrollIntoView({ block: "start", behavior: "instant" });
        const buttons = box(".controls > .vl-actions").bottom - innerHeight;
        return { demo: frame.getAttribute("data-demo")!, figure, buttons };
      }),
    );
    for (const { demo, figure, buttons } of places) {
      expect.soft(figure, `${demo}: top of the figure`).toBeLessThanOrEqual(260);
      expect.soft(buttons, `${demo}: bottom of the buttons`).toBeLessThanOrEqual(0);
    }
  });
}

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
