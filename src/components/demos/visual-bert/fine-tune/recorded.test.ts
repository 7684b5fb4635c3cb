import { expect, it } from "vitest";
import { FINE_TUNE_DEFAULTS } from "../../../../engine/experiments/fine-tune-settings.ts";
import tasks from "../../../../recorded/fine-tune.json";
import heads from "../../../../recorded/fine-tune-heads.json";
import { shippedEntry } from "../../../kit/run/shipped-model.ts";

it.each([tasks, heads])(
  "$command: what is recorded comes from the shipped weights and the present defaults",
  (record) => {
    const weights = shippedEntry("bert-zh").files.find(({ path }) => path === "model.safetensors");
    expect(record.weights["bert-zh"], `run again: ${record.command} --save …`).toBe(weights?.sha256);
    expect(record.settings).toEqual(FINE_TUNE_DEFAULTS);
    expect(record.rows.length).toBeGreaterThan(1);
  },
);
