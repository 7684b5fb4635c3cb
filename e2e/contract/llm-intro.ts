import type { Row } from "./row.ts";

export const llmIntroRows: readonly Row[] = [
  {
    page: "/gpt-bert/llm-intro/",
    demo: "scale",
    settings: { axes: "compute" },
    result: "points",
  },
];
