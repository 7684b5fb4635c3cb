import { choice, seed } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { ROW_IDS, ROWS, type RowId, saidBy } from "./rows.ts";

const titles = Object.fromEntries(ROW_IDS.map((id) => [id, ROWS[id].short])) as Record<RowId, string>;

/** What the reader can set. */
export const fields = {
  row: choice({ label: "工具和方法", initial: "captum-integrated", options: named<RowId>(titles) }),
  sentence: choice({
    label: "哪一句",
    initial: 1,
    options: saidBy("captum-integrated").map(({ text }, i) => ({ value: i + 1, label: text })),
  }),
  seed: seed(1),
};
