import { maxOf, minOf } from "../../../../engine/statistics.ts";
import type { PlotBuilder } from "../../../figures/plot-options.ts";
import { formatCount } from "../../../kit/text/format.ts";
import { type Law, lineThrough, meanOf, operationsOf, sizesOf } from "./law.ts";
import { lossAt } from "./line.ts";
import type { Axis, OwnLoss } from "./read.ts";

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** Ticks of both axes, as far as they are in the picture. */
const NATS = [2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 10, 12, 15];
const PARAMETERS = [1e5, 2e5, 5e5, 1e6];
const OPERATIONS = [1e11, 1e12, 1e13, 1e14];
/** Beside a name, above it or below. */
const NAME = { textAnchor: "start", dx: 8 } as const;

/** The losses over the sizes, both by their logarithms: the line with its band, what it foresaw, what came, and the reader's own text. */
export function lawPlot(law: Law, own: readonly OwnLoss[], axis: Axis): PlotBuilder {
  const perParameter = law.heldOut.tokens / law.heldOut.parameters;
  const placeOf = (parameters: number): number =>
    axis === "parameters" ? parameters : operationsOf({ parameters, tokens: perParameter * parameters });
  const band = law.band.map(({ parameters, loss, low, high }) => ({ x: placeOf(parameters), y: loss, low, high }));
  const seeds = sizesOf(law).flatMap(({ parameters, losses }) => losses.map((y) => ({ x: placeOf(parameters), y })));
  const fitted = law.fitted.map((size): Dot => ({ x: placeOf(size.parameters), y: meanOf(size) }));
  const at = placeOf(law.heldOut.parameters);
  const { loss, low, high } = law.heldOut.predicted;
  const foreseen = [{ x: at, y: loss, low, high }];
  const came = [{ x: at, y: meanOf(law.heldOut) }];
  const dots = own.map(({ parameters, loss }): Dot => ({ x: placeOf(parameters), y: loss }));
  const through = lineThrough(own);
  const ends = through ? band.filter((_, i) => i === 0 || i === band.length - 1) : [];
  const ownLine = through
    ? [law.band.at(0), law.band.at(-1)].flatMap((end, i) =>
        end ? [{ x: ends[i]?.x ?? 0, y: lossAt(through, end.parameters) }] : [],
      )
    : [];
  const losses = [
    ...band.flatMap(({ low, high }) => [low, high]),
    ...[...seeds, ...dots, ...ownLine].map(({ y }) => y),
  ];
  const domain = [minOf(losses) / 1.03, maxOf(losses) * 1.03];
  const inside = (ticks: readonly number[], [from = 0, to = 0]: readonly number[]): number[] =>
    ticks.filter((tick) => tick >= from && tick <= to);
  const span = [band.at(0)?.x ?? 1, (band.at(-1)?.x ?? 1) * (axis === "parameters" ? 1.25 : 1.6)];
  return (plot, theme) => {
    const xy = { x: "x", y: "y", z: null } as const;
    const rows = inside(NATS, domain);
    return {
      marginLeft: 40,
      marginRight: 16,
      x: { type: "log", domain: span, label: null },
      y: { type: "log", domain, label: null },
      marks: [
        plot.gridY(rows, { stroke: theme.line, strokeOpacity: 1 }),
        plot.axisX(inside(axis === "parameters" ? PARAMETERS : OPERATIONS, span), {
          tickFormat: formatCount,
          label: axis === "parameters" ? "参数 →" : "训练的计算量 6ND →",
          labelAnchor: "right",
        }),
        plot.axisY(rows, { tickFormat: String, label: "↑ 损失（纳特每字）" }),
        plot.areaY(band, { x: "x", y1: "low", y2: "high", fill: theme.accent, fillOpacity: 0.16 }),
        plot.line(band, { ...xy, stroke: theme.accent, strokeWidth: 1.6 }),
        plot.line(ownLine, { ...xy, stroke: theme.query, strokeDasharray: "5 4" }),
        plot.dot(dots, { ...xy, r: 4, symbol: "square", fill: theme.query }),
        plot.text(dots.slice(0, 1), { ...xy, ...NAME, dy: -10, text: () => "你的文字", fill: theme.query }),
        plot.dot(seeds, { ...xy, r: 2, fill: theme.ink, fillOpacity: 0.55 }),
        plot.dot(fitted, { ...xy, r: 4.5, fill: theme.ink }),
        // On the free side: on a phone the next square is where the other name stands.
        plot.text(fitted.slice(0, 1), {
          ...xy,
          ...{ textAnchor: "end", dx: -6, dy: 14 },
          text: () => "测试集",
          fill: theme.ink,
        }),
        plot.ruleX(foreseen, { x: "x", y1: "low", y2: "high", stroke: theme.accent, strokeWidth: 1.6 }),
        plot.dot(foreseen, {
          ...xy,
          r: 6,
          symbol: "diamond",
          stroke: theme.accent,
          fill: theme.paper,
          strokeWidth: 1.8,
        }),
        plot.text(foreseen, {
          ...xy,
          dx: -10,
          dy: 14,
          textAnchor: "end",
          text: () => "◇ 事先的预测",
          fill: theme.accent,
        }),
        plot.dot(came, { ...xy, r: 4, symbol: "times", stroke: theme.ink, strokeWidth: 2 }),
        plot.text(came, { ...xy, dx: -10, dy: 32, textAnchor: "end", text: () => "× 后来量出的", fill: theme.ink }),
      ],
      r: { type: "identity" },
    };
  };
}
