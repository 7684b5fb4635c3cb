import { describe, expect, it, test } from "vitest";
import { type Label, labelFile } from "./label.ts";
import { mergeLabels, readLabelFile, tellMerged } from "./label-import.ts";
import { RANKING, STARS } from "./testing/labels.ts";

const file = (labels: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ ...labelFile([]), labels, ...more });

test("what was exported is read back", () => {
  const text = JSON.stringify(labelFile([STARS, RANKING]), null, 2);
  expect(readLabelFile(text)).toEqual({ labels: [STARS, RANKING] });
});

test.each<[string, string, string]>([
  ["nothing", "", "空的"],
  ["white space", " \n", "空的"],
  ["a table", "组,类别\n1,酒店", "不是 JSON"],
  ["half a file", file([STARS]).slice(0, -9), "不是 JSON"],
  ["null", "null", "不是从这里导出的标注"],
  ["a list", JSON.stringify([STARS]), "不是从这里导出的标注"],
  ["an exported run", JSON.stringify({ settings: {}, records: [] }), "不是从这里导出的标注"],
  ["a later version", file([STARS], { version: 2 }), "别的版本"],
  ["no list", file([], { labels: {} }), "别的版本"],
  ["no labels", file([]), "一条标注也没有"],
  ["half a label", file([STARS, { ...RANKING, texts: ["一"] }]), "第 2 条不是标注"],
  [
    "a category that nobody can ask for",
    file([{ ...RANKING, category: "" }]),
    "第 1 条的类别或者开头不能用：没有写类别",
  ],
  ["a mark of the format", file([{ ...RANKING, opening: "[END]" }]), "[END]"],
  ["a review that begins with other words", file([STARS, { ...RANKING, opening: "早餐" }]), "第 2 条里的评论"],
])("%s is refused with a sentence", (_name, text, sentence) => {
  expect(readLabelFile(text)).toEqual({ fault: expect.stringContaining(sentence) });
});

describe("beside what is here", () => {
  const other: Label = { ...RANKING, texts: ["房间👍🏽", "房间很大。"] };

  it("is new, the same, or different, and then what is here stays", () => {
    const late: Label = { ...RANKING, id: "c", time: 9 };
    const early: Label = { ...RANKING, id: "d", time: 1 };
    expect(mergeLabels([STARS, RANKING], [late, STARS, other, early])).toEqual({
      fresh: [early, late],
      same: 1,
      different: 1,
    });
  });

  it("is the same in whatever order its parts stand", () => {
    const { texts, ...rest } = RANKING as Extract<Label, { kind: "ranking" }>;
    expect(mergeLabels([{ texts, ...rest }], [RANKING])).toEqual({ fresh: [], same: 1, different: 0 });
  });

  it("is new once, if it comes twice", () => {
    expect(mergeLabels([], [RANKING, RANKING, other])).toEqual({ fresh: [RANKING], same: 1, different: 1 });
  });

  it("is told", () => {
    expect(tellMerged({ fresh: [STARS], same: 0, different: 0 })).toBe("导入完了：新的 1 条，已经加进来。");
    expect(tellMerged({ fresh: [], same: 2, different: 3 })).toBe(
      "导入完了：新的 0 条；和这里一样的 2 条；和这里不一样的 3 条，没有动这里的。",
    );
  });
});
