import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Fields } from "../../kit/state/fields.ts";
import { splitHash } from "../../kit/state/hash-state.ts";
import { fields as calculatorFields } from "./calculator/calculator.ts";
import { fields as fewShotFields } from "./few-shot/few-shot.ts";
import { fields as inductionFields } from "./induction/induction.ts";

/** The fields of the demos to whose settings the text of this chapter leads. */
const DEMOS: Readonly<Record<string, Fields>> = {
  calculator: calculatorFields,
  induction: inductionFields,
  "few-shot": fewShotFields,
};

const page = readFileSync(new URL("../../../content/docs/gpt-bert/gpt3.mdx", import.meta.url), "utf8");
const links = [...page.matchAll(/\]\([^)#\s]*(#[^)\s?]+\?[^)]+)\)/g)].map(([, hash = ""]) => hash);

it("the text leads to settings of the demos", () => {
  expect(links.length).toBeGreaterThan(3);
});

it.each(links)("%s sets what the demo has, to what it can be", (hash) => {
  const { anchor, params } = splitHash(hash);
  for (const [name, written] of params) {
    const [demo = "", key = ""] = name.split(".");
    expect(demo).toBe(anchor);
    const field = DEMOS[demo]?.[key];
    expect(field, name).toBeDefined();
    // What a demo cannot take, it moves to the nearest that it can: the text would say something else than the reader sees.
    const value = field!.decode(written);
    expect(value, `${name}=${written}`).toBeDefined();
    expect(field!.encode(value!), name).toBe(written);
  }
});
