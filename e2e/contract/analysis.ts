import type { Row } from "./row.ts";

const page = "/introduction/analysis/";

export const analysisRows: readonly Row[] = [
  // Its run reads our own sentences; what the threshold parts follows at every moment.
  { page, demo: "threshold", result: "confusion", show: [{ click: "summary" }] },
  {
    page,
    demo: "attended",
    result: "agreement",
    cancel: false,
    change: { fill: "一句话", with: "很好吃" },
  },
];
