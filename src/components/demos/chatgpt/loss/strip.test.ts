import { expect, test } from "vitest";
import { changeStrip } from "./strip.ts";

test("each token has how much more likely it became, and the end is a mark", () => {
  const [first, last] = changeStrip({
    tokens: ["好", "[END]"],
    base: [Math.log(0.5), Math.log(0.2)],
    chat: [Math.log(0.25), Math.log(0.4)],
  });
  expect(first).toMatchObject({ text: "好", special: false, note: "50.0% → 25.0%，ln p −0.69" });
  expect(first?.value).toBeCloseTo(-Math.LN2, 12);
  expect(last).toMatchObject({ special: true, note: "20.0% → 40.0%，ln p +0.69" });
});
