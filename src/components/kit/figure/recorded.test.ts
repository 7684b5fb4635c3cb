import { expect, it } from "vitest";
import { RECORDED, recorded } from "./recorded.ts";

it.each(RECORDED)("%s was made with the weights that are shipped, and says how", async (name) => {
  const { provenance, table } = await recorded(name);
  expect(provenance.command).toMatch(/^(npm run|python3 -m training)[ .]/);
  expect(provenance.machine?.processor).toMatch(/\S/);
  expect(table.rows.length).toBeGreaterThan(0);
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
});

it("what was not recorded cannot be shown", async () => {
  await expect(recorded("nothing")).rejects.toThrow("src/recorded/nothing.json");
});
