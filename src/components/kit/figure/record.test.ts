import { expect, test } from "vitest";
import type { Manifest } from "../../../engine/files/manifest.ts";
import { commandOf, parseRecord, printRecord, type RunRecord, refuseOtherWeights, weightsOf } from "./record.ts";

const sha256 = "a".repeat(64);
const manifest: Manifest = {
  models: [
    {
      ...{ id: "gpt", title: "", architecture: "gpt2", purpose: "", license: "", parameters: 1, context: 8 },
      files: [{ path: "model.safetensors", bytes: 1, sha256 }],
    },
  ],
};
const provenance = { kind: "recorded", date: "2026-11-30", command: "npm run record -- x", weights: [] } as const;

test("a record comes back as it was written, with six digits and its arrays of numbers", () => {
  const data = {
    whole: 1234567,
    third: 1 / 3,
    none: null,
    states: new Float32Array([0.5, -2]),
    actions: new Uint8Array([1]),
  };
  const record: RunRecord = { provenance, table: { columns: ["a"], rows: [[1]] }, data };
  expect(parseRecord(printRecord(record))).toEqual({ ...record, data: { ...data, third: 0.333333 } });
});

test("a record of other weights is refused, and says what makes it anew", () => {
  const made = (hash: string) => ({ ...provenance, weights: [{ model: "gpt", sha256: hash }] });
  expect(weightsOf("gpt", manifest)).toEqual({ model: "gpt", sha256 });
  expect(() => refuseOtherWeights(made(sha256), manifest)).not.toThrow();
  expect(() => refuseOtherWeights(made("b".repeat(64)), manifest)).toThrow("npm run record -- x");
  expect(() => weightsOf("bert", manifest)).toThrow("bert");
});

test("a command is what one types", () => {
  expect(commandOf("npm run cart-pole", [])).toBe("npm run cart-pole");
  expect(commandOf("npm run fine-tune", ["--set", "", "--set", "pooling=cls,blocks=0"])).toBe(
    'npm run fine-tune -- --set "" --set pooling=cls,blocks=0',
  );
});
