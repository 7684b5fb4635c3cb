import { describe, expect, test } from "vitest";
import { MAX_CHARACTERS, parseLabelled } from "./labelled.ts";

const GOOD = ["甜,糖放多了", "甜,像蜜一样", "苦,药很难喝", "苦,黄连"];
const reasonsOf = (lines: readonly string[]) =>
  parseLabelled(lines.join("\n")).notes.map(({ line, reason }) => `${line} ${reason}`);

describe("labelled sentences", () => {
  test("one a line, class first", () => {
    expect(parseLabelled(GOOD.join("\n"))).toEqual({
      set: {
        classes: ["甜", "苦"],
        texts: [
          { text: "糖放多了", label: 0 },
          { text: "像蜜一样", label: 0 },
          { text: "药很难喝", label: 1 },
          { text: "黄连", label: 1 },
        ],
      },
      notes: [],
    });
  });

  test("as spreadsheets write them: a mark and a head before, tabs, quotes, Windows line ends, spaces, empty lines", () => {
    const pasted = '\uFEFF类别,句子\r\n  甜 ,"糖放多了"\r\n\r\n甜\t像蜜一样\r\n苦,"药,很""难""喝"\r\n苦　,黄连\r\n';
    const { set, notes } = parseLabelled(pasted);
    expect(notes).toEqual([]);
    expect(set.classes).toEqual(["甜", "苦"]);
    expect(set.texts.map(({ text }) => text)).toEqual(["糖放多了", "像蜜一样", '药,很"难"喝', "黄连"]);
  });

  test.each([",", "\t"])("a quoted sentence may go over several lines; between columns stands %j", (separator) => {
    const quoted = [`甜${separator}"第一行`, "苦,这一行在引号里", '第三\t行"'];
    const { set, notes } = parseLabelled([...quoted, ...GOOD, "没有逗号的一行"].join("\r\n"));
    expect(set.texts.map(({ text }) => text)).toEqual([
      "第一行 苦,这一行在引号里 第三\t行",
      ...GOOD.map((line) => line.slice(2)),
    ]);
    expect(set.texts[0]!.label).toBe(set.classes.indexOf("甜"));
    expect(notes).toEqual([{ line: 8, reason: expect.stringContaining("只有一列") }]);
  });

  test("a quote that is never closed ends with its line, though other quotes follow", () => {
    const { set, notes } = parseLabelled(['甜,"没有收尾', '苦,"药,很难喝"', ...GOOD].join("\n"));
    expect(set.texts.map(({ text }) => text)).toEqual(["药,很难喝", ...GOOD.map((line) => line.slice(2))]);
    expect(notes).toEqual([{ line: 1, reason: expect.stringContaining("双引号不成对") }]);
  });

  test("a class may have spaces inside its name, and full-width commas are part of a sentence", () => {
    const { set } = parseLabelled("not good,很苦，难喝\nnot good,涩\n好,甜\n好,香");
    expect(set.classes).toEqual(["not good", "好"]);
    expect(set.texts[0]).toEqual({ text: "很苦，难喝", label: 0 });
  });

  test("a full-width comma parts them where there is no other, the first of several", () => {
    const { set, notes } = parseLabelled("甜，糖放多了，很甜\n甜，像蜜一样\n苦，药很难喝\n苦,黄连，苦");
    expect(notes).toEqual([]);
    expect(set.classes).toEqual(["甜", "苦"]);
    expect(set.texts.map(({ text }) => text)).toEqual(["糖放多了，很甜", "像蜜一样", "药很难喝", "黄连，苦"]);
  });

  test.each([
    ["没有逗号的一行", "只有一列"],
    ["甜,糖,很多", "有 3 列"],
    [",没有类别", "没有写类别"],
    ["甜,", "没有写句子"],
    ["甜,   ", "没有写句子"],
    ['甜,"没有收尾', "双引号不成对"],
    ["甜,糖放多了", "和第 1 行重复"],
    ["苦,糖放多了", "同一句在第 1 行归在「甜」"],
    ["酸,醋", "「酸」只有这一句"],
  ])("the broken line %j is named with its reason, and the others are kept", (broken, reason) => {
    const lines = [...GOOD.slice(0, 2), broken, ...GOOD.slice(2)];
    expect(reasonsOf(lines)).toEqual([expect.stringMatching(new RegExp(`^3 没有用：.*${reason}`))]);
    expect(parseLabelled(lines.join("\n"))).toMatchObject({ set: parseLabelled(GOOD.join("\n")).set });
  });

  test("of a text of 600 characters the beginning is used, and the line is named", () => {
    const { set, notes, fault } = parseLabelled([...GOOD, `苦,${"药".repeat(600)}`].join("\n"));
    expect(fault).toBeUndefined();
    expect(set.texts.at(-1)!.text).toBe("药".repeat(MAX_CHARACTERS));
    expect(notes).toEqual([{ line: 5, reason: expect.stringContaining("有 600 个字") }]);
  });

  test.each([
    ["", "还没有能用的句子"],
    ["  \n\n", "还没有能用的句子"],
    ["甜,糖\n甜,蜜", "只有「甜」一类"],
    ["甜,糖\n甜,蜜\n苦,药", "只有「甜」一类"],
    [Array.from({ length: 18 }, (_, i) => `类${i % 9},第 ${i} 句`).join("\n"), "有 9 类，最多 8 类"],
  ])("%j is no task, and the reader is told why", (source, fault) => {
    expect(parseLabelled(source).fault).toContain(fault);
  });

  test("of more than 500 sentences the first 500 are used", () => {
    const { set, notes } = parseLabelled(Array.from({ length: 510 }, (_, i) => `类${i % 2},第 ${i} 句`).join("\n"));
    expect(set.texts).toHaveLength(500);
    expect(notes).toEqual([{ line: 501, reason: expect.stringContaining("最多 500 句") }]);
  });
});
