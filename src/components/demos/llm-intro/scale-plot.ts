import type { Markish } from "@observablehq/plot";
import type { PlotBuilder, PlotModule } from "../../figures/plot-options.ts";
import type { FigureTheme } from "../../figures/theme.ts";
import type { Side } from "./published.ts";
import {
  type Axes,
  POWERS,
  type Point,
  powerOfTen,
  type Scale,
  tellPoint,
  tokensFor,
  trainingOperations,
} from "./scale.ts";

/** What is drawn: the points, what the reader looks at, and what the device can do in the chosen time, once it is measured. */
export interface Drawn extends Scale {
  readonly axes: Axes;
  /** Name of the point that is looked at. */
  readonly picked: string | undefined;
  /** Floating-point operations. */
  readonly budget: number | undefined;
}

interface Dot {
  readonly point: Point;
  readonly x: number | Date;
  readonly y: number;
}

const SIZES = [1e6, 2e12] as const;
const TOKENS = [3e6, 3e14] as const;
const OPERATIONS = [1e13, 3e26] as const;
/** A plot of a smaller width, in CSS pixels, has no room for all names. */
const NARROW = 480;
/** Names beside points, by the side on which they stand. */
const SIDES = {
  left: { dx: -8, textAnchor: "end" },
  right: { dx: 8, textAnchor: "start" },
  above: { dy: -11, textAnchor: "middle" },
  below: { dy: 16, textAnchor: "middle" },
} as const;

const monthOf = ({ date }: Point): Date => new Date(`${date}-15`);
/** Where a logarithmic axis has its ticks: at every second power of ten. */
const ticks = ([low, high]: readonly [number, number]): number[] =>
  Array.from({ length: 30 }, (_, i) => 10 ** i).filter((power, i) => i % 2 === 0 && power >= low && power <= high);

/** How the points lie on the chosen axes; those of which a figure is not known are left out. */
function placed({ points, axes }: Drawn): Dot[] {
  return points.flatMap((point): Dot[] => {
    const [operations, size] = [trainingOperations(point), point.active ?? point.parameters];
    if (axes === "years") return [{ point, x: monthOf(point), y: point.parameters }];
    if (axes === "compute") return operations === null ? [] : [{ point, x: monthOf(point), y: operations }];
    return point.tokens === null ? [] : [{ point, x: size, y: point.tokens }];
  });
}

/** Both ends of the line on which models and tokens cost the same. */
const line = (operations: number): { readonly x: number; readonly y: number }[] =>
  SIZES.map((x) => ({ x, y: tokensFor(operations, x) }));

/** The line of an equal compute, with its power of ten where it leaves the plot. */
function equalCompute(plot: PlotModule, theme: FigureTheme, power: number): Markish[] {
  const operations = 10 ** power;
  const right = { x: SIZES[1], y: tokensFor(operations, SIZES[1]) };
  const end = right.y > TOKENS[0] ? right : { x: tokensFor(operations, TOKENS[0] * 1.6), y: TOKENS[0] * 1.6 };
  return [
    plot.line(line(operations), { x: "x", y: "y", z: null, stroke: theme.line, clip: true }),
    plot.text([end], {
      x: "x",
      y: "y",
      text: () => powerOfTen(operations),
      fill: theme.muted,
      textAnchor: "start",
      dx: 4,
    }),
  ];
}

/** The plot: parameters against tokens with lines of equal compute, or either measure over the years. */
export function scalePlot(drawn: Drawn): PlotBuilder {
  return (plot, theme) => {
    const { axes, picked, budget } = drawn;
    const dots = placed(drawn);
    const sized = axes === "size";
    const color = ({ point }: Dot): string => (point.own ? theme.accent : theme.ink);
    const sideOf = ({ label, dated = label, roomy, name }: Point): Side | "none" =>
      (roomy && theme.width < NARROW ? undefined : sized ? label : dated) ?? (name === picked ? "above" : "none");
    const named = (side: Side) =>
      plot.text(
        dots.filter(({ point }) => sideOf(point) === side),
        { x: "x", y: "y", text: ({ point }) => point.name, fill: color, ...SIDES[side] },
      );
    const log = { type: "log", label: null } as const;
    const range = { size: TOKENS, years: SIZES, compute: OPERATIONS }[axes];
    return {
      marginLeft: 62,
      marginRight: 92,
      x: sized ? { ...log, domain: SIZES } : { domain: [new Date("2017-10"), new Date("2027-01")], label: null },
      y: { ...log, domain: range },
      marks: [
        sized
          ? plot.axisX(ticks(SIZES), { tickFormat: powerOfTen, label: "每个词元用到的参数 N →", labelAnchor: "right" })
          : plot.axisX({ ticks: "1 year", tickFormat: (date: Date) => `${date.getFullYear()}`, label: null }),
        plot.axisY(ticks(range), {
          tickFormat: powerOfTen,
          label: { size: "↑ 训练词元 D", years: "↑ 参数", compute: "↑ 训练的计算量 6ND" }[axes],
        }),
        plot.gridY(ticks(range), { stroke: theme.line, strokeOpacity: 1 }),
        ...(sized ? POWERS.flatMap((power) => equalCompute(plot, theme, power)) : []),
        budget === undefined || axes === "years"
          ? null
          : sized
            ? plot.line(line(budget), { x: "x", y: "y", z: null, stroke: theme.accent, strokeWidth: 2, clip: true })
            : plot.ruleY([budget], { stroke: theme.accent, strokeWidth: 2, clip: true }),
        plot.dot(dots, {
          x: "x",
          y: "y",
          r: ({ point }: Dot) => (point.name === picked ? 7 : 4),
          fill: (dot: Dot) => (dot.point.active === undefined ? color(dot) : theme.paper),
          stroke: color,
          strokeWidth: 1.5,
          title: ({ point }: Dot) => `${point.name}：${tellPoint(point)}`,
        }),
        ...(Object.keys(SIDES) as Side[]).map(named),
      ],
      r: { type: "identity" },
      color: { type: "identity" },
    };
  };
}
