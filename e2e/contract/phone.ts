import type { Locator } from "@playwright/test";

/** Where things stand in a frame that is as wide as a phone, in CSS pixels. */
interface OnPhone {
  /** Top of the figure, from that of the frame. */
  readonly figure: number;
  /** Bottom of the row of buttons, from that of the window, while the top of the figure is at its upper edge: below zero it is in sight. */
  readonly row: number;
}

/** Scrolls to a demo's figure, and measures. */
export function placesOnPhone(demo: Locator): Promise<OnPhone> {
  return demo.evaluate((frame) => {
    const box = (selector: string): DOMRect => frame.querySelector(selector)!.getBoundingClientRect();
    const figure = box(".stage").top - frame.getBoundingClientRect().top;
    frame.querySelector(".stage")?.scrollIntoView({ block: "start", behavior: "instant" });
    return { figure, row: box(".controls > .vl-actions").bottom - innerHeight };
  });
}
