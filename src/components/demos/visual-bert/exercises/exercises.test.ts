import { describe, expect, it } from "vitest";
import type { FineTuneMetrics } from "../../../../engine/experiments/fine-tune.ts";
import { FINE_TUNE_DEFAULTS } from "../../../../engine/experiments/fine-tune-settings.ts";
import { openModel } from "../../../../engine/node.ts";
import { indexOfLargest } from "../../../../engine/statistics.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { SETS } from "../fine-tune/sets/sets.ts";
import { splitTask } from "../fine-tune/split.ts";
import { cutSentence, judge } from "./both-sides.ts";
import { CALIBRATION } from "./calibration.ts";
import { checkChances } from "./chances.ts";
import { fewQuestion } from "./predict-few.ts";
import { TWO_GAPS } from "./two-gaps.ts";

describe("checkChances", () => {
  it("knows the numbers of the rule, and what is usually mixed up", () => {
    expect(checkChances("24", "３").kind).toBe("right");
    expect(checkChances("30", "3").reason).toContain("选中的不是全都");
    expect(checkChances("160", "20").reason).toContain("先按 15% 选");
    expect(checkChances("24", "170").reason).toContain("遮住的对了");
    expect(checkChances("7", "7").kind).toBe("wrong");
    for (const [hidden, kept] of [
      ["", "3"],
      ["24", "很多"],
      ["-1", "3"],
      ["24", ""],
    ] as const) {
      expect(checkChances(hidden, kept).kind).toBe("unusable");
    }
  });
});

describe("two gaps", () => {
  it("takes a percentage however it is written", () => {
    for (const answer of ["25", "25%", " ２５％ "]) expect(verdictOn(TWO_GAPS, answer).kind).toBe("right");
    expect(verdictOn(TWO_GAPS, "0").reason).toContain("分开猜");
    expect(verdictOn(TWO_GAPS, "50").kind).toBe("wrong");
    expect(verdictOn(TWO_GAPS, "33").kind).toBe("wrong");
    for (const answer of ["", "不知道", "-5", "101"]) expect(verdictOn(TWO_GAPS, answer).kind).toBe("unusable");
  });

  it("is what the shipped model does, too: the chapter says that it fills 他喜欢打▢▢ with 电 and 球", async () => {
    const model = await openModel("public/models/bert-zh");
    if (model.architecture !== "bert") throw new Error("bert-zh is no BERT");
    const { ids, tokens } = model.tokenizer.encode("他喜欢打[MASK][MASK]。");
    const { logits } = await model.forward(ids);
    const size = model.config.vocabularySize;
    const guesses = tokens.flatMap((token, place) =>
      token === "[MASK]"
        ? model.tokenizer.token(indexOfLargest(logits!.data.subarray(place * size, (place + 1) * size)))
        : [],
    );
    model.dispose();
    expect(guesses).toEqual(["电", "球"]);
  });
});

describe("calibration", () => {
  it("takes the temperature of which the confidence is the share that is right, roughly", () => {
    for (const answer of ["2", " ２．０ ", "2.008"]) expect(verdictOn(CALIBRATION, answer).kind).toBe("right");
    expect(verdictOn(CALIBRATION, "1").reason).toContain("98.2%，还是太有把握");
    expect(verdictOn(CALIBRATION, "3").reason).toContain("又太没有把握");
    for (const answer of ["", "不知道", "0", "-1"]) expect(verdictOn(CALIBRATION, answer).kind).toBe("unusable");
  });
});

describe("both sides", () => {
  it("cuts a sentence at its one bracket", () => {
    expect(cutSentence("她忘了带[伞]，淋湿了。")).toEqual({ left: "她忘了带", answer: "伞", right: "，淋湿了。" });
    expect(cutSentence("[𠮷]利")).toEqual({ left: "", answer: "𠮷", right: "利" });
    for (const sentence of ["", "没有括号。", "[两字]", "[一][二]", "[]", "[[伞]]"]) {
      expect(cutSentence(sentence), sentence).toBeNull();
    }
  });

  it("wants BERT to have it first, and GPT not among five", () => {
    const opinion = (place: number) => ({ place, probability: 0.1, best: "伞" });
    expect(judge("伞", opinion(0), opinion(5)).kind).toBe("right");
    expect(judge("伞", opinion(1), opinion(5)).reason).toContain("BERT 还没有猜对");
    expect(judge("伞", opinion(0), opinion(4)).reason).toContain("只看左边也想到了");
  });
});

describe("few sentences", () => {
  const tuned = (examples: number, changes = {}) => ({
    settings: {
      ...FINE_TUNE_DEFAULTS,
      ...splitTask(SETS.topics, examples, 7),
      classes: SETS.topics.classes,
      ...changes,
    },
    records: [0.25, null, 0.7, null].map((validationAccuracy) => ({ validationAccuracy }) as FineTuneMetrics),
    characters: 0.4,
  });

  it("waits for the reader's own run, of the settings that are asked for", () => {
    expect(verdictOn(fewQuestion(undefined), "很多").kind).toBe("unusable");
    expect(verdictOn(fewQuestion(undefined), "60").reason).toContain("猜的是 60%");
    for (const other of [tuned(24), tuned(8, { blocks: 0 }), tuned(8, { classes: ["好", "坏"] })])
      expect(verdictOn(fewQuestion(other), "70")).toMatchObject({ kind: "unusable" });
  });

  it("is held against the last accuracy, and names the linear model's beside it", () => {
    const question = fewQuestion(tuned(8));
    for (const answer of ["70", "61%", "80"]) expect(verdictOn(question, answer).kind, answer).toBe("right");
    expect(verdictOn(question, "50").reason).toContain("太低");
    expect(verdictOn(question, "95").reason).toContain("太高");
    expect(verdictOn(question, "95").reason).toContain("逐字统计答对 40.0%");
  });
});
