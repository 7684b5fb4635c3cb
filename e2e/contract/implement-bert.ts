import type { Row } from "./row.ts";

const page = "/gpt-bert/implement-bert/";

/** The input of a page, with the stations that show what it has read: the numbers are in the tables of those. */
function inputOf(section: string, [first = "", ...others]: readonly string[]): Row {
  return {
    page: `${page}${section}`,
    demo: "bert",
    result: "tokens",
    record: { of: `[data-station="${first}"]` },
    show: [first, ...others].map((station) => ({ wake: `[data-station="${station}"]` })),
    part: "main",
  };
}

export const implementBertRows: readonly Row[] = [
  { page, demo: "bert", result: "tokens", part: "main" },
  inputOf("embeddings/", ["embedding-norm", "ids", "embeddings"]),
  inputOf("attention/", ["mixed", "query-key-value", "scores", "pattern"]),
  inputOf("feed-forward/", ["block-output", "attention-output", "feed-forward"]),
  inputOf("model/", ["stack", "pooler", "masked-lm", "parameters"]),
  {
    page: `${page}pretraining/`,
    demo: "pretraining",
    settings: { steps: 2 },
    run: [{ press: "start" }],
    result: "tokens",
    cancel: "stop",
    steps: true,
    seeded: true,
  },
];
