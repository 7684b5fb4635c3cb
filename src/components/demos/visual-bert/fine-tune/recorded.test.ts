import { expect, it } from "vitest";
import { FINE_TUNE_DEFAULTS } from "../../../../engine/experiments/fine-tune-settings.ts";
import { recorded } from "../../../kit/figure/recorded.ts";
import { recordTable } from "./recorded.ts";

it.each(["fine-tune", "fine-tune-heads"])("%s: what is recorded comes from the present defaults", async (name) => {
  const { provenance, table } = await recorded(name);
  expect(provenance.settings, `run again: ${provenance.command}`).toEqual(FINE_TUNE_DEFAULTS);
  expect(table.rows.length).toBeGreaterThan(1);
  expect(table.columns).toEqual(recordTable([]).columns);
});

it("a row is named by its task and by how its head is joined; the first one has nothing to be compared with", () => {
  const share = { value: 0.5, low: 0.4, high: 0.6 };
  const measured = { tests: 72, fresh: share, bert: share, characters: share, difference: share, ahead: 3, gain: null };
  const { columns, rows } = recordTable([
    { set: "topics", examples: 24, changes: { pooling: "cls", blocks: 0 }, ...measured },
  ]);
  expect(rows[0]?.slice(0, 3)).toEqual(["话题：4 类，24 句", "[CLS]，只训练头", 72]);
  expect(rows[0]?.[columns.indexOf("比第一行多")]).toBe("");
});
