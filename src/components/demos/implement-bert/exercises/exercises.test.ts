import { beforeAll, describe, expect, test } from "vitest";
import { Random } from "../../../../engine/random.ts";
import { openTinyEngine } from "../../../../engine/testing/tiny-engine.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { readWeights } from "../parts.ts";
import { type BertSnapshot, takeSnapshot } from "../snapshot.ts";
import { BASE, BLOCK_PARAMETERS, blockParameters } from "./block-parameters.ts";
import { checkHandAttention, drawQuestion, exact } from "./hand-attention.ts";
import { judge } from "./judge.ts";
import { ASKED, checkRows, SWAP } from "./predict-rows.ts";
import type { Outcome } from "./run-code.ts";
import { attentionTask, layerNormTask, type Task } from "./tasks.ts";

describe("parameters of a block", () => {
  test("the right number, however it is grouped", () => {
    expect(blockParameters(BASE)).toBe(7_087_872);
    for (const answer of ["7087872", "7,087,872", "７０８７８７２", " 7 087 872 "]) {
      expect(verdictOn(BLOCK_PARAMETERS, answer).kind).toBe("right");
    }
  });

  test.each([
    ["", "unusable", "整数"],
    ["很多", "unusable", "整数"],
    ["7077888", "wrong", "只数了矩阵"],
    ["7084800", "wrong", "两个层归一化"],
    ["6497280", "wrong", "输出投影"],
    ["85054464", "wrong", "一块"],
    ["1", "wrong", "少了"],
    ["9999999999", "wrong", "多了"],
  ])("%s is %s", (answer, kind, says) => {
    const verdict = verdictOn(BLOCK_PARAMETERS, answer);
    expect(verdict.kind).toBe(kind);
    expect(verdict.reason).toContain(says);
  });
});

describe("attention by hand", () => {
  const question = {
    query: [2, 0, 0, 0],
    keys: [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ],
    values: [3, 0, 0],
  };

  test("the right number is softmax(q · k / √4) · v", () => {
    const e = Math.E;
    expect(exact(question)).toBeCloseTo((3 * e) / (e + 2), 5);
    expect(checkHandAttention(question, "1.73").kind).toBe("right");
    expect(checkHandAttention(question, "１.７３").reason).toContain("0.576");
  });

  test.each([
    ["", "unusable", "写一个数"],
    ["abc", "unusable", "写一个数"],
    ["2.36", "wrong", "√4"],
    ["3", "wrong", "不是取最大"],
    ["1", "wrong", "平均"],
    ["-7", "wrong", "三个点积"],
  ])("%s is %s", (answer, kind, says) => {
    const verdict = checkHandAttention(question, answer);
    expect(verdict.kind).toBe(kind);
    expect(verdict.reason).toContain(says);
  });

  test("questions are drawn until the slips lead elsewhere; its own answer is right", () => {
    const random = new Random(5);
    for (let i = 0; i < 20; i++) {
      const drawn = drawQuestion(random);
      expect(checkHandAttention(drawn, exact(drawn).toFixed(3)).kind).toBe("right");
    }
  });
});

describe("predict-rows", () => {
  const stages = [2, 0, 8].map((changed, i) => ({ trace: ASKED[i]!.trace, changed }));
  const run = { ...SWAP, stages };

  test("a guess waits for the reader's own run of both sentences", () => {
    expect(checkRows(["2", "", "8"], run)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("整数") });
    expect(checkRows(["2", "0.5", "8"], run).kind).toBe("unusable");
    for (const other of [undefined, { ...run, after: SWAP.before }, { ...run, before: "狗" }])
      expect(checkRows(["2", "0", "8"], other)).toMatchObject({
        kind: "unusable",
        reason: expect.stringContaining("先放在这里"),
      });
  });

  test("and is held against what moved in it", () => {
    expect(checkRows(["2", "０", "8"], run).kind).toBe("right");
    expect(checkRows(["2", "2", "8"], run).reason).toContain("「位置嵌入」量到的是变了 0 行");
    expect(checkRows(["2", "0", "2"], run).reason).toContain("每一行都变");
  });
});

describe("the reader's code", () => {
  let snapshot: BertSnapshot;
  let tasks: { readonly layerNorm: Task; readonly attention: Task };
  beforeAll(async () => {
    const { engine, contextLength, weights } = await openTinyEngine();
    snapshot = await takeSnapshot(engine, { first: "a b [MASK] c", second: "" }, { contextLength, vocabulary: [] });
    const norm = readWeights(weights).norms[0]!;
    tasks = { layerNorm: layerNormTask(snapshot, 0, norm), attention: attentionTask(snapshot, 0, 1) };
  });
  const check = (name: keyof typeof tasks, outcome: Outcome) => judge(tasks[name], outcome, snapshot.tokens);
  const returned = (...values: readonly unknown[]): Outcome => ({ kind: "returned", values });

  test("what the engine computed is right; typed arrays are arrays", () => {
    expect(check("layerNorm", returned(...tasks.layerNorm.expected)).kind).toBe("right");
    const typed = tasks.attention.expected.map((row) => Float64Array.from(row));
    expect(check("attention", returned(typed)).kind).toBe("right");
  });

  test("the first difference is named, with what was expected", () => {
    const rows = tasks.layerNorm.expected.map((row) => [...row]);
    rows[2]![4]! += 0.5;
    const verdict = check("layerNorm", returned(...rows));
    expect(verdict.kind).toBe("wrong");
    expect(verdict.reason).toContain(`「${snapshot.tokens[2]}」第 5 维应当是`);
  });

  test("common mistakes are recognised", () => {
    for (const task of Object.values(tasks)) {
      for (const { reason, rows } of task.mistakes) {
        const verdict = judge(task, task.returns === "row" ? returned(...rows) : returned(rows), snapshot.tokens);
        // Gain 1 and bias 0, as this untrained model has them, make one of the mistakes none.
        if (reason.includes("gain")) expect(verdict.kind).toBe("right");
        else expect(verdict.reason).toContain(reason);
      }
    }
  });

  test.each([
    ["nothing returned", returned(undefined, undefined), "什么也没有返回"],
    ["no array", returned(3), "返回的不是数组"],
    ["too few rows", returned([[1, 2]]), "返回了 1 行"],
    ["a row of another length", returned(Array.from({ length: 6 }, () => [1])), "应当有 8 个数，返回了 1 个"],
    ["a row that is none", returned(Array.from({ length: 6 }, () => "x")), "文字「x」"],
    ["NaN", returned(Array.from({ length: 6 }, () => new Array(8).fill(Number.NaN))), "第 1 行第 1 个是 NaN"],
    ["an object in a row", returned(Array.from({ length: 6 }, () => new Array(8).fill({}))), "一个对象"],
    ["a syntax error", { kind: "syntax", message: "SyntaxError: Unexpected token" }, "读不懂"],
    ["another name", { kind: "missing" }, "attention"],
    ["an endless loop", { kind: "slow" }, "出不来"],
    ["an exception", { kind: "threw", message: "TypeError: x is undefined" }, "x is undefined"],
    ["what is kept from it", { kind: "hidden", name: "fetch" }, "用不了 fetch"],
    ["a site that lets no page run it", { kind: "forbidden" }, "CSP"],
    ["what cannot be copied", { kind: "unreadable" }, "不是数"],
    ["a thread that does not start", { kind: "broken" }, "刷新"],
  ] satisfies [string, Outcome, string][])("%s gets a sentence", (_, outcome, says) => {
    const verdict = check("attention", outcome);
    expect(verdict.kind).toBe("unusable");
    expect(verdict.reason).toContain(says);
  });
});
