import { EngineError } from "../../../engine/errors.ts";
import { JsonObject } from "../../../engine/files/json.ts";
import type { ModelInfo } from "../../../engine/worker.ts";
import type { Column } from "../../figures/data-table.ts";
import type { WorkContext } from "../../kit/figure/types.ts";
import { choice } from "../../kit/state/fields.ts";
import { named } from "../../kit/state/options.ts";
import { formatCount, formatDuration } from "../../kit/text/format.ts";
import { PUBLISHED, type Published } from "./published.ts";

/** The model of ours that stands on the same axes. */
export const MODEL = "gpt-zh";

const HOUR = 3600;
const YEAR = 365.25 * 24 * HOUR;
/** Seconds of measuring, and readings of a full context before it, which warm the kernels up. */
const [MEASURED, WARM] = [0.7, 2];
/** Floating-point operations for each parameter and token, of reading and of training (Kaplan et al. 2020, section 2.1). */
const [READING, TRAINING] = [2, 6];

export const fields = {
  axes: choice({
    initial: "size",
    label: "坐标",
    options: named({ size: "参数和词元", years: "年份和参数", compute: "年份和计算量" }),
  }),
  span: choice({
    initial: 24 * HOUR,
    label: "这台设备算多久",
    options: [
      { value: HOUR, label: "一小时" },
      { value: 24 * HOUR, label: "一天" },
      { value: YEAR, label: "一年" },
    ],
  }),
};

export type Axes = (typeof fields.axes)["initial"];

/** A point of the plot; ours has files in place of a paper's words. */
export interface Point extends Omit<Published, "line"> {
  readonly line?: string;
  readonly own?: true;
}

/** What the demo shows. */
export interface Scale {
  /** Published models by date, and ours. */
  readonly points: readonly Point[];
  /** Floating-point operations in a second on the reader's device, once they are measured. */
  readonly speed?: number;
}

/** Floating-point operations of a pre-training, C = 6 N D; null where the tokens are not known. */
export function trainingOperations({ parameters, active = parameters, tokens }: Point): number | null {
  return tokens === null ? null : TRAINING * active * tokens;
}

/** Tokens on which a model of so many parameters can be trained with so many operations. */
export function tokensFor(operations: number, parameters: number): number {
  return operations / (TRAINING * parameters);
}

/** All points; what is said of our model comes from its folder. @throws EngineError `bad-file`, `network` */
export async function readPoints({ engine, model }: WorkContext): Promise<readonly Point[]> {
  const file = "training-log.json";
  const log = new JsonObject(JSON.parse(new TextDecoder().decode(await engine.file(model.id, file))), file);
  const last = log.object("evaluations").numbers("tokens").at(-1);
  // What the leg before this one has read counts, too.
  const before = log.number("tokens_before", 0);
  const tokens = last === undefined ? null : before + last;
  const own: Point = {
    own: true,
    name: model.id,
    date: "2026-11",
    parameters: sizeOf(model),
    tokens,
    paper: "这本书的模型",
    url: `/models/#${model.id}`,
    place: `${model.id}/model.safetensors，${file}`,
    label: "right",
  };
  return [...PUBLISHED, own];
}

/**
 * How fast the engine reads here: a full context again and again, every token with its logits, so that each parameter is used once for each token.
 * @returns floating-point operations in a second
 */
export async function measure({ engine, model, signal }: WorkContext, now = () => performance.now()): Promise<number> {
  const text = Array.from({ length: model.contextLength }, (_, i) => (i * 7) % model.vocabulary.length);
  const read = () => engine.logProbs(model.id, text.slice(0, 1), text.slice(1));
  for (let i = 0; i < WARM; i++) await read();
  const started = now();
  let [readings, seconds] = [0, 0];
  while (seconds < MEASURED && !signal.aborted) {
    await read();
    readings += 1;
    seconds = (now() - started) / 1000;
  }
  return (READING * sizeOf(model) * (text.length - 1) * readings) / seconds;
}

function sizeOf({ id, report }: ModelInfo): number {
  if (report.parameters === null) throw new EngineError("unsupported-model", `不知道 ${id} 有多少参数`);
  return report.parameters;
}

/** Whole powers of ten for which the plot has a line of equal compute. */
export const POWERS = [14, 16, 18, 20, 22, 24, 26] as const;

const SUPERSCRIPTS = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];

/** `10²³`, `3.1 × 10²³`. */
export function powerOfTen(value: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential(1).split("e+");
  const power = `10${[...exponent].map((digit) => SUPERSCRIPTS[Number(digit)]).join("")}`;
  return mantissa === "1.0" ? power : `${Number(mantissa)} × ${power}`;
}

/** How long the device would be at it, as `formatDuration`, and on: `2 小时`, `3 天`, `12 年`. */
export function formatSpan(seconds: number): string {
  const units = [
    [YEAR, "年"],
    [24 * HOUR, "天"],
    [HOUR, "小时"],
  ] as const;
  const [unit, name] = units.find(([unit]) => seconds >= unit) ?? [];
  if (unit === undefined) return formatDuration(seconds);
  const count = formatCount(seconds / unit);
  return /\d$/.test(count) ? `${count}\u00a0${name}` : `${count}${name}`;
}

/** What was measured, and what it means for GPT-3 and for our own model. */
export function tellSpeed({ points, speed }: Scale): string | undefined {
  if (speed === undefined) return undefined;
  const compared = points.filter(({ name }) => name === "GPT-3" || name === MODEL);
  const times = compared.map(
    (point) => `训练 ${point.name} 要 ${formatSpan((trainingOperations(point) ?? 0) / speed)}`,
  );
  return `这台设备每秒做 ${powerOfTen(speed)} 次浮点运算；一直照这个速度，${times.join("，")}。`;
}

/** The numbers of a point, in words. */
export function tellPoint(point: Point): string {
  const { parameters, active, tokens } = point;
  const used = active === undefined ? "" : `，每个词元用到 ${formatCount(active)}`;
  const read =
    tokens === null
      ? "读了多少词元，论文没有说"
      : `训练词元 ${formatCount(tokens)}，计算量（6ND）${powerOfTen(trainingOperations(point) ?? 0)} 次`;
  return `参数 ${formatCount(parameters)}${used}，${read}`;
}

/** The table behind the plot, and what is saved of it. */
export const columns: readonly Column<Point>[] = [
  { head: "模型", cell: ({ name }) => name },
  { head: "年月", cell: ({ date }) => date },
  { head: "参数", cell: ({ parameters }) => parameters, print: formatCount },
  { head: "每个词元用到的参数", cell: ({ parameters, active = parameters }) => active, print: formatCount },
  { head: "训练词元", cell: ({ tokens }) => tokens, print: formatCount, number: true },
  { head: "计算量（6ND）", cell: trainingOperations, print: powerOfTen, number: true },
  { head: "论文", cell: ({ paper }) => paper, only: "csv" },
  { head: "网址", cell: ({ url }) => url, only: "csv" },
  { head: "出自", cell: ({ place }) => place, only: "csv" },
  { head: "原文", cell: ({ line }) => line, only: "csv" },
  { head: "说明", cell: ({ note }) => note, only: "csv" },
];
