import { expect, test } from "vitest";
import { readBaseline } from "./baseline.ts";

// As training/gptpoem/evaluate.py writes it, in the parts that are read.
const evaluation = {
  split: "test",
  perplexity: { "all, without title": { poems: 2, tokens: 60, per_token: Math.E ** 4, per_character: 60 } },
  generated: {
    "[五绝]": { real: { poems: 2, form: 1, rhyme: 0.75, repeated_characters: 0.03, distinct_2: 0.9 } },
    "[七绝]": { real: { poems: 2, form: 1, rhyme: 0.5, repeated_characters: 0.06, distinct_2: 0.8 } },
  },
};

test("real poems of the form are the baseline", () => {
  expect(readBaseline(evaluation, "七绝")).toEqual({ form: 1, rhyme: 0.5, repeated: 0.06, logProb: -4 });
});

test("a file of another layout is refused, naming what is missing", () => {
  expect(() => readBaseline({ generated: {} }, "七绝")).toThrow("[七绝]");
});
