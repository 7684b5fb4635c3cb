import type { Row } from "./row.ts";

export const visualGptRows: readonly Row[] = [
  {
    page: "/gpt-bert/visual-gpt/",
    demo: "heads",
    settings: { layer: 5, view: "matrix" },
    result: "roles",
    seeded: true,
  },
];
