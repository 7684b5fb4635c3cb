import type { PlotBuilder } from "../../figures/plot-options.ts";

/** A plot of shares, a row for each of their kinds, with half of them as a dashed line: what all of them have. */
export const shareRows = ((plot, theme) => ({
  marginLeft: 92,
  marginRight: 20,
  marginTop: 6,
  marginBottom: 34,
  x: { domain: [0, 1], ticks: 5, tickFormat: (share: number) => `${Math.round(100 * share)}%`, label: null },
  marks: [
    plot.gridX({ ticks: 5, stroke: theme.line, strokeOpacity: 1 }),
    plot.ruleX([0.5], { stroke: theme.muted, strokeDasharray: "5 4" }),
  ],
})) satisfies PlotBuilder;
