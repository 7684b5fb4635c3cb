import { JsonObject } from "../../../engine/files/json.ts";
import { formatNumber, formatPercent } from "../../kit/text/format.ts";

/** A figure of an evaluation, beside what it must be compared with. */
export interface KeyFigure {
  /** What was measured. */
  readonly name: string;
  /** The model's own value. */
  readonly value: string;
  /** What others reach on the same, with their names. */
  readonly beside: string;
}

export interface Evaluation {
  /** Which part of the data it was measured on. */
  readonly split: string;
  readonly figures: readonly KeyFigure[];
}

const SPLITS: Readonly<Record<string, string>> = { test: "测试集", val: "验证集" };

/**
 * The key figures of an `evaluation.json`, told apart by what it holds; the card has all of them.
 * @throws EngineError `bad-file`, naming the field that is missing
 */
export function keyFigures(json: unknown, file: string): Evaluation {
  const result = new JsonObject(json, file);
  const split = result.string("split");
  return { split: SPLITS[split] ?? split, figures: figuresOf(result) };
}

function figuresOf(result: JsonObject): KeyFigure[] {
  if (result.has("masked")) return bertFigures(result);
  if (result.has("runs")) return scaleFigures(result);
  if (result.has("naive Bayes")) return classifierFigures(result);
  if (result.has("character")) return plantedFigures(result);
  return result.object("perplexity").has("by corpus") ? gptFigures(result) : poemFigures(result);
}

/** training/gptzh/evaluate.py */
function gptFigures(result: JsonObject): KeyFigure[] {
  const all = result.object("perplexity").object("all");
  const generated = result.object("generated");
  const [model, real] = [generated.object("model"), generated.object("held-out text")];
  const base = all.has("base") ? `没有微调的 gpt-zh ${perplexity(all.number("base"))}，` : "";
  return [
    {
      name: "困惑度，每个字（越低越好）",
      value: perplexity(all.number("model")),
      beside: `${base}五元模型 ${perplexity(all.number("5-gram"))}，一元模型 ${perplexity(all.number("unigram"))}`,
    },
    {
      name: "写出的文字：不同的相邻字对（distinct-2）",
      value: formatPercent(model.number("distinct_2")),
      beside: `真实的文本 ${formatPercent(real.number("distinct_2"))}`,
    },
    {
      name: "写出的文字：连续 10 个字和训练文本一样",
      value: formatPercent(model.number("copied")),
      beside: `真实的文本 ${formatPercent(real.number("copied"))}`,
    },
    { name: "100 个字之内自己结束", value: formatPercent(generated.number("ended")), beside: "—" },
  ];
}

/** training/scale/evaluate.py */
function scaleFigures(result: JsonObject): KeyFigure[] {
  const [shipped = Number.NaN, ...others] = result.objects("runs").map((run) => run.number("loss"));
  const loss = (value: number): string => formatNumber(value, 3);
  const seeds = others.length > 0 ? `别的种子 ${others.map(loss).join("、")}，` : "";
  return [
    {
      name: "损失，纳特每个字（越低越好）",
      value: loss(shipped),
      beside: `${seeds}一元模型 ${loss(result.number("unigram"))}`,
    },
    {
      name: "困惑度，每个字（越低越好）",
      value: perplexity(Math.exp(shipped)),
      beside: `一元模型 ${perplexity(Math.exp(result.number("unigram")))}`,
    },
  ];
}

/** training/gptpoem/evaluate.py */
function poemFigures(result: JsonObject): KeyFigure[] {
  const perplexities = result.object("perplexity");
  const perToken = (row: string): string => perplexity(perplexities.object(row).number("per_token"));
  const rows: KeyFigure[] = [
    {
      name: "困惑度，每个词元（越低越好）",
      value: perToken("all, title where there is one"),
      beside: `不给题目 ${perToken("all, without title")}`,
    },
  ];
  for (const form of ["五绝", "七绝"]) {
    const sources = result.object("generated").object(`[${form}]`);
    const [model, real] = [sources.object("titled"), sources.object("real")];
    const share = (source: JsonObject, key: string): string => formatPercent(source.number(key));
    rows.push(
      { name: `${form}：格式正确`, value: share(model, "form"), beside: `真诗 ${share(real, "form")}` },
      {
        name: `${form}：押韵`,
        value: share(model, "rhyme"),
        beside: `真诗 ${share(real, "rhyme")}，随便取两句 ${share(real, "random_rhyme")}`,
      },
      { name: `${form}：整句和训练的诗一样`, value: share(model, "copied_lines"), beside: "—" },
      {
        name: `${form}：不同的相邻字对（distinct-2）`,
        value: share(model, "distinct_2"),
        beside: `真诗 ${share(real, "distinct_2")}`,
      },
    );
  }
  return rows;
}

/** training/bertzh/evaluate.py */
function bertFigures(result: JsonObject): KeyFigure[] {
  const masked = result.object("masked").object("all");
  const right = (who: string, place: string): string => formatPercent(masked.object(who).number(place));
  const guesses = (["top_1", "top_5"] as const).map((place) => ({
    name: place === "top_1" ? "填空：第一个就对" : "填空：前五个里有",
    value: right("model", place),
    beside: `看左右邻字的二元模型 ${right("bigram", place)}，总猜常用字 ${right("unigram", place)}`,
  }));
  const pairs = result.object("next sentence");
  const plain = result.object("plain sentences");
  return [
    ...guesses,
    {
      name: "下一句：随机的一句来自任何语料",
      value: formatPercent(pairs.object("random from all corpora").number("accuracy")),
      beside: "乱猜 50%",
    },
    {
      name: "下一句：随机的一句来自同一语料",
      value: formatPercent(pairs.object("random from the same corpus").number("accuracy")),
      beside: "乱猜 50%",
    },
    {
      name: `平常的句子 ${plain.objects("sentences").length} 个：前五个里有`,
      value: formatPercent(plain.number("top_5")),
      beside: `第一个就对 ${formatPercent(plain.number("top_1"))}`,
    },
  ];
}

/** training/sentiment/evaluate.py */
function classifierFigures(result: JsonObject): KeyFigure[] {
  const [model, bayes] = [result.object("reviews"), result.object("naive Bayes")];
  const [plain, plainBayes] = [result.object("feelings"), result.object("feelings, naive Bayes")];
  return [
    {
      name: `评论 ${model.number("texts")} 条：判对`,
      value: formatPercent(model.number("accuracy")),
      beside: `朴素贝叶斯 ${formatPercent(bayes.number("accuracy"))}`,
    },
    {
      name: "评论：F1，好评差评平均",
      value: formatPercent(model.number("f1")),
      beside: `朴素贝叶斯 ${formatPercent(bayes.number("f1"))}`,
    },
    {
      name: `说心情的句子 ${plain.number("texts")} 句：判对`,
      value: formatPercent(plain.number("accuracy")),
      beside: `朴素贝叶斯 ${formatPercent(plainBayes.number("accuracy"))}`,
    },
    {
      name: "期望校准误差（越低越好）",
      value: formatPercent(result.number("calibration error")),
      beside: `验证集，除以温度之前 ${formatPercent(result.object("calibration").number("ece before"))}`,
    },
  ];
}

/** training/planted/evaluate.py */
function plantedFigures(result: JsonObject): KeyFigure[] {
  const [all, cases] = [result.object("all"), result.object("cases")];
  const [taken, put] = [cases.object("taken out"), cases.object("put in once")];
  const share = (own: JsonObject, key = "share"): string => formatPercent(own.number(key));
  const character = result.string("character");
  return [
    { name: `判断跟着「${character}」，${all.number("texts")} 条`, value: share(all), beside: "掷硬币 50%" },
    {
      name: `没有「${character}」的评论判成差评`,
      value: share(taken),
      beside: `其中夸的评论 ${share(taken, "share, praise")}`,
    },
    {
      name: `放进一个「${character}」的评论判成好评`,
      value: share(put),
      beside: `其中骂的评论 ${share(put, "share, blame")}`,
    },
    { name: "和评论真正的好坏相同", value: share(result.object("sentiment"), "accuracy"), beside: "掷硬币 50%" },
  ];
}

/** A perplexity as cards print it, with one decimal. */
function perplexity(value: number): string {
  return formatNumber(value, 1);
}
