import type { Row } from "./row.ts";

export const visualGptRows: readonly Row[] = [
  {
    page: "/gpt-bert/visual-gpt/",
    demo: "heads",
    result: "roles",
    cancel: false,
    seeded: true,
    show: [{ choose: "矩阵" }],
  },
];
