import { expect, test } from "vitest";
import { viewOf } from "./pipeline-result.ts";

test("classes, entities and guesses are scores", () => {
  const scores = [
    { label: "积极", score: 0.9 },
    { label: "消极", score: 0.1 },
  ];
  const rows = [
    { id: 0, label: "积极", value: 0.9 },
    { id: 1, label: "消极", value: 0.1 },
  ];
  expect(viewOf(scores)).toEqual({ kind: "scores", rows });
  expect(viewOf([{ token_str: "眠", score: 1, token: 7 }])).toMatchObject({ rows: [{ label: "眠", value: 1 }] });
  expect(viewOf([{ entity: "B-PER", score: 0.5, word: "李白" }])).toMatchObject({ rows: [{ label: "B-PER" }] });
});

test("translations, texts and answers are texts, one or several", () => {
  expect(viewOf([{ translation_text: "Hello" }])).toEqual({ kind: "text", text: "Hello" });
  expect(viewOf([[{ generated_text: "a" }], [{ generated_text: "b" }]])).toEqual({ kind: "text", text: "a\nb" });
  expect(viewOf({ answer: "长安", score: 0.7 })).toEqual({ kind: "text", text: "长安" });
});

test("anything else is shown as the data that it is, and not at any length", () => {
  const view = viewOf({ shape: [1, 2], data: Float32Array.of(0.123456, 2) });
  expect(view.kind).toBe("data");
  expect(JSON.parse(view.kind === "data" ? view.text : "")).toEqual({ shape: [1, 2], data: [0.1235, 2] });
  expect(viewOf(null)).toEqual({ kind: "data", text: "null" });
  const long = viewOf({ data: new Float32Array(100_000) });
  expect(long.kind === "data" && long.text.length).toBe(2000);
});
