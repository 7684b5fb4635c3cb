import type { Row } from "./row.ts";

const page = "/gpt-bert/gpt3/";

export const gpt3Rows: readonly Row[] = [
  // It follows its settings at every moment; its run counts what is in the files.
  { page, demo: "calculator", result: "sizes" },
];
