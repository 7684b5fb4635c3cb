import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Fields } from "../../kit/state/fields.ts";
import { splitHash } from "../../kit/state/hash-state.ts";
import { fields as featuresFields } from "./features/fields.ts";
import { fields as filmFields } from "./film/fields.ts";
import { fields as headsFields } from "./heads.ts";
import { fields as lensFields } from "./lens/fields.ts";
import { fields as neuronsFields } from "./neurons/fields.ts";
import { fields as normsFields } from "./norms/fields.ts";
import { fields as patchFields } from "./patch/fields.ts";
import { fields as positionFields } from "./position/fields.ts";
import { fields as twoSidesFields } from "./two-sides/fields.ts";
import { fields as walkFields } from "./walk/fields.ts";
import { IDS } from "./walk/stations.ts";

/** The fields of the demos to whose settings the text of this chapter leads. */
const DEMOS: Readonly<Record<string, Fields>> = {
  walk: walkFields,
  heads: headsFields,
  position: positionFields,
  patch: patchFields,
  lens: lensFields,
  film: filmFields,
  norms: normsFields,
  features: featuresFields,
  neurons: neuronsFields,
  "two-sides": twoSidesFields,
};

const folder = new URL("../../../content/docs/gpt-bert/visual-gpt/", import.meta.url).pathname;
const links = globSync("*.mdx", { cwd: folder }).flatMap((file) =>
  [...readFileSync(folder + file, "utf8").matchAll(/\]\([^)#\s]*(#[^)\s?]+\?[^)]+)\)/g)].map(([, hash = ""]) => ({
    file,
    hash,
  })),
);

it("every station has a word in the text that leads to it", () => {
  const named = links.flatMap(({ file, hash }) =>
    file === "index.mdx" ? (splitHash(hash).params.get("walk.station") ?? []) : [],
  );
  expect(IDS.filter((id) => !named.includes(id))).toEqual([]);
});

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
