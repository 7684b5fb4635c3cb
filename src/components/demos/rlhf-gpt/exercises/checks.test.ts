import { expect, it } from "vitest";
import { checkBestOfTwo, checkCost, checkPrice } from "./checks.ts";

it.each([
  [checkPrice, "0.05"],
  [checkBestOfTwo, "0.767"],
  [checkCost, " 160 "],
])("%o: tells right from wrong, and what is no number", (check, answer) => {
  expect(check(answer).kind).toBe("right");
  expect(check("0.3").kind).toBe("wrong");
  expect(check("很多").kind).toBe("unusable");
  expect(check("").kind).toBe("unusable");
});

it("names the mistakes that one makes", () => {
  expect(checkPrice("0.1").reason).toContain("不如没练的");
  expect(checkPrice("0.01").reason).toContain("练过的合算");
  expect(checkBestOfTwo("0.55").reason).toContain("n = 1");
  expect(checkBestOfTwo("1").reason).toContain("n = 4");
  expect(checkCost("150").reason).toContain("不是 16 次");
});
