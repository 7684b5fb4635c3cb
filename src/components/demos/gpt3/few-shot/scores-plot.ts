import type { PlotBuilder } from "../../../figures/plot-options.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { shareEstimate } from "../../../kit/text/statistics.ts";
import { LABELS, type Score, SHOTS, type TaskScores } from "./few-shot.ts";

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** How far beside each other the two kinds stand, in steps of the axis. */
const ASIDE = 0.08;

function dotsOf(scores: readonly Score[], aside: number): Dot[] {
  return scores.flatMap(({ shots, right, asked }) => {
    const share = shareEstimate(right, asked);
    const place = SHOTS.indexOf(shots);
    return share ? [{ x: place + aside, y: share.value, low: share.low, high: share.high }] : [];
  });
}

/** The share of right answers by the number of examples, with intervals; dashed for drawn answers. */
export function scoresPlot({ scores, baseline }: TaskScores): PlotBuilder {
  return (plot, theme) => {
    const colors = [theme.ink, theme.accent];
    const kinds = LABELS.map((labels, i) => {
      // Without examples both are the same.
      const own = scores.filter((score) => score.shots === 0 || score.labels === labels);
      return { dots: dotsOf(own, i * ASIDE), color: colors[i] ?? theme.ink, dash: i === 0 ? "none" : "6 3" };
    });
    const at = { x: "x", z: null };
    return {
      marginLeft: 44,
      marginRight: 12,
      marginTop: 10,
      marginBottom: 36,
      x: {
        domain: [-0.2, SHOTS.length - 0.7],
        ticks: SHOTS.map((_, i) => i),
        tickFormat: (place: number) => String(SHOTS[place] ?? ""),
        label: "例子的个数 →",
        labelAnchor: "right",
      },
      y: { domain: [0, 1], ticks: 3, tickFormat: formatPercent, label: null },
      marks: [
        plot.gridY({ ticks: 3, stroke: theme.line, strokeOpacity: 1 }),
        plot.ruleY([baseline], { stroke: theme.muted, strokeDasharray: "2 3" }),
        ...kinds.flatMap(({ dots, color, dash }) => [
          plot.ruleX(dots, { ...at, y1: "low", y2: "high", stroke: color, strokeOpacity: 0.6 }),
          plot.lineY(dots, { ...at, y: "y", stroke: color, strokeWidth: 1.6, strokeDasharray: dash }),
          plot.dot(dots, { ...at, y: "y", fill: color, r: 2.8 }),
        ]),
      ],
    };
  };
}
