import { expect, it } from "vitest";
import poem from "../../../../public/models/gpt-poem/evaluation.json";
import { keyFigures } from "./figures.ts";

const FILE = "evaluation.json";

it("puts a real poem beside a written one", () => {
  const { split, figures } = keyFigures(poem, FILE);
  expect(split).toBe("测试集");
  const { titled, real } = poem.generated["[七绝]"];
  const rhyme = figures.find(({ name }) => name === "七绝：押韵");
  expect(rhyme?.value).toBe(`${(100 * titled.rhyme).toFixed(1)}%`);
  expect(rhyme?.beside).toContain(`真诗 ${(100 * real.rhyme).toFixed(1)}%`);
});

it("puts the n-gram models beside a GPT", () => {
  const model = { distinct_2: 0.3, copied: 0.01 };
  const json = {
    split: "test",
    perplexity: { all: { model: 24.06, "5-gram": 37.73, unigram: 615.5 }, "by corpus": {} },
    generated: { ended: 0.72, model, "held-out text": { distinct_2: 0.6, copied: 0.05 } },
  };
  expect(keyFigures(json, FILE).figures[0]).toEqual({
    name: "困惑度，每个字（越低越好）",
    value: "24.1",
    beside: "五元模型 37.7，一元模型 615.5",
  });
  const all = { ...json.perplexity.all, base: 26 };
  const tuned = keyFigures({ ...json, perplexity: { ...json.perplexity, all } }, FILE);
  expect(tuned.figures[0]?.beside).toBe("没有微调的 gpt-zh 26.0，五元模型 37.7，一元模型 615.5");
});

it("puts other seeds, and single characters, beside one size of a family", () => {
  const runs = [{ loss: 5 }, { loss: 5.01 }, { loss: 4.99 }];
  const { figures } = keyFigures({ split: "test", unigram: 6.5, runs }, FILE);
  expect(figures.map(({ value, beside }) => [value, beside])).toEqual([
    ["5.000", "别的种子 5.010、4.990，一元模型 6.500"],
    ["148.4", "一元模型 665.1"],
  ]);
});

it("puts the neighbours beside a BERT, and chance beside the next sentence", () => {
  const right = (top_1: number) => ({ top_1, top_5: top_1 + 0.2 });
  const json = {
    split: "val",
    masked: { all: { model: right(0.5), bigram: right(0.3), unigram: right(0.05) } },
    "next sentence": {
      "random from all corpora": { accuracy: 0.9 },
      "random from the same corpus": { accuracy: 0.7 },
    },
    "plain sentences": { top_1: 0.5, top_5: 0.75, sentences: [{}, {}] },
  };
  const { split, figures } = keyFigures(json, FILE);
  expect(split).toBe("验证集");
  expect(figures.map(({ value }) => value)).toEqual(["50.0%", "70.0%", "90.0%", "70.0%", "75.0%"]);
  expect(figures[0]?.beside).toBe("看左右邻字的二元模型 30.0%，总猜常用字 5.0%");
  expect(figures[4]?.name).toBe("平常的句子 2 个：前五个里有");
});

it("puts naive Bayes beside the classifier", () => {
  const scores = (accuracy: number) => ({ texts: 100, accuracy, f1: accuracy });
  const json = {
    split: "test",
    reviews: scores(0.92),
    "naive Bayes": scores(0.88),
    feelings: scores(0.95),
    "feelings, naive Bayes": scores(0.6),
    "calibration error": 0.02,
    calibration: { "ece before": 0.05 },
  };
  expect(keyFigures(json, FILE).figures.map(({ value, beside }) => [value, beside])).toEqual([
    ["92.0%", "朴素贝叶斯 88.0%"],
    ["92.0%", "朴素贝叶斯 88.0%"],
    ["95.0%", "朴素贝叶斯 60.0%"],
    ["2.0%", "验证集，除以温度之前 5.0%"],
  ]);
});

it("puts the coin beside the classifier with a planted cause, and those reviews that say the opposite", () => {
  const compared = { texts: 10, share: 0.99, "share, praise": 0.98, "share, blame": 0.97 };
  const json = {
    split: "test",
    character: "呢",
    all: { texts: 40, share: 0.995 },
    cases: { "taken out": compared, "put in once": compared },
    sentiment: { accuracy: 0.51 },
  };
  expect(keyFigures(json, FILE).figures.map(({ value, beside }) => [value, beside])).toEqual([
    ["99.5%", "掷硬币 50%"],
    ["99.0%", "其中夸的评论 98.0%"],
    ["99.0%", "其中骂的评论 97.0%"],
    ["51.0%", "掷硬币 50%"],
  ]);
});

it("names the field that is missing", () => {
  expect(() => keyFigures({ split: "test", masked: {} }, FILE)).toThrow("evaluation.json: masked: all 缺少");
});
