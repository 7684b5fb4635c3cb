import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Fields } from "../../kit/state/fields.ts";
import { splitHash } from "../../kit/state/hash-state.ts";
import { beamFields } from "./beam/fields.ts";
import { fields as compareFields } from "./compare/fields.ts";
import { fields as stepFields } from "./step/fields.ts";
import { topKFields, topPFields } from "./steps/fields.ts";
import { fields as sweepFields } from "./sweep/fields.ts";

/** The fields of the demos to whose settings the text of this chapter leads. */
const DEMOS: Readonly<Record<string, Fields>> = {
  step: stepFields,
  "beam-tree": beamFields,
  temperature: sweepFields,
  "top-k": topKFields,
  "top-p": topPFields,
  compare: compareFields,
};

const folder = new URL("../../../content/docs/gpt-bert/decoding/", import.meta.url).pathname;
const links = globSync("*.mdx", { cwd: folder }).flatMap((file) =>
  [...readFileSync(folder + file, "utf8").matchAll(/\]\([^)#\s]*(#[^)\s?]+\?[^)]+)\)/g)].map(([, hash = ""]) => ({
    file,
    hash,
  })),
);

it("there are links that set demos", () => expect(links.length).toBeGreaterThan(20));

it.each(links)("$file: $hash sets what the demo has, to what it can be", ({ hash }) => {
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
