import { describe, it } from "vitest";
import { loadFixture } from "../testing/load.ts";
import { expectSameDistribution, expectSameTexts, type Filtered, type Run } from "../testing/transformers.ts";
import { ToyTree } from "./toy-tree.ts";

interface Fixture {
  readonly rows: readonly (readonly number[])[];
  readonly runs: readonly Run[];
  readonly filters: readonly Filtered[];
}

const bytes = await loadFixture("src/engine/testdata/gpt-poem/decoding-toy.json");
const { rows, runs, filters }: Fixture = JSON.parse(new TextDecoder().decode(bytes));

/** The toy model of training/fixtures_decoding.py. */
const toy = () => new ToyTree((path) => rows[path.reduce((row, token) => (31 * row + token) % rows.length, 0)] ?? []);

const name = (settings: object) => JSON.stringify(settings).replaceAll('"', "");

describe("on a toy model the decoders do what transformers' generate() does", () => {
  it.each(runs.map((run) => ({ ...run, name: name(run.settings) })))("$prompt $name", async (run) => {
    await expectSameTexts(toy(), run);
  });
});

describe("on a toy model the filters leave what transformers' filters leave", () => {
  it.each(filters.map((filtered) => ({ ...filtered, name: name(filtered.settings) })))(
    "$history $name",
    async (filtered) => {
      await expectSameDistribution(toy(), filtered);
    },
  );
});
