import { expect, it } from "vitest";
import { type Asked, askedProblem, exampleOf, formatOf, promptOf } from "./formats.ts";

const asked: Asked = { opening: "房间", instruction: "写一首诗。", category: "酒店", form: "七绝", title: "春望" };

it("asks each model as it was trained", () => {
  expect(promptOf(formatOf("gpt-zh"), asked)).toBe("[END]房间");
  expect(promptOf(formatOf("gpt-zh-chat"), asked)).toBe("[问]写一首诗。[答]");
  expect(promptOf(formatOf("gpt-review"), asked)).toBe("[评]酒店[文]房间");
  expect(promptOf(formatOf("gpt-poem"), asked)).toBe("[七绝]春望[诗]房间");
});

it("has an example for each that can be used", () => {
  for (const format of ["text", "chat", "review", "poem"] as const) {
    expect(askedProblem(format, exampleOf(format)), format).toBeUndefined();
  }
});

it("takes an empty opening, but no empty instruction", () => {
  const empty = { ...asked, opening: "", instruction: "  " };
  expect(askedProblem("text", empty)).toBeUndefined();
  expect(askedProblem("review", empty)).toBeUndefined();
  expect(askedProblem("poem", empty)).toBeUndefined();
  expect(askedProblem("chat", empty)).toBe("请先写一句指令。");
});

it("asks for no poem in which the model could not read everything", () => {
  expect(askedProblem("poem", { ...asked, title: "2026" })).toContain("标题只能用汉字");
  expect(askedProblem("poem", asked, new Set(["春", "望", "房"]))).toContain("词表里没有「间」");
});

it("lets no text break out of its format", () => {
  expect(askedProblem("text", { ...asked, opening: "好[END]坏" })).toContain("「[END]」");
  expect(askedProblem("chat", { ...asked, instruction: "[问]" })).toContain("「[问]」");
});
