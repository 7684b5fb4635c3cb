import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { findFile, type Manifest } from "../../../engine/files/manifest.ts";
import type { CsvTable } from "../frame/types.ts";
import type { Provenance, Weights } from "./types.ts";

/** A recorded run as it lies in `src/recorded`: JSON that a command has written, and nobody else. */
export interface RunRecord {
  readonly provenance: Provenance;
  /** What is said of it in a table. */
  readonly table: CsvTable;
  /** All that its demo draws. */
  readonly data: unknown;
}

const ARRAYS = { Float32Array, Uint8Array };

const pathOf = (name: string): string => fileURLToPath(new URL(`../../../recorded/${name}.json`, import.meta.url));

/** @throws Error where nothing of that name was recorded */
export async function readRecord(name: string): Promise<RunRecord> {
  try {
    return parseRecord(await readFile(pathOf(name), "utf8"));
  } catch (error) {
    throw new Error(`src/recorded/${name}.json cannot be read: npm run record -- ${name} writes it`, { cause: error });
  }
}

export async function writeRecord(name: string, record: RunRecord): Promise<void> {
  await mkdir(dirname(pathOf(name)), { recursive: true });
  await writeFile(pathOf(name), printRecord(record));
}

/** Numbers that are not whole are written with six digits, as in a figure of the build; arrays of numbers keep their type, and stand on a line. */
export function printRecord(record: RunRecord): string {
  const plain = (_: string, value: unknown): unknown => {
    if (typeof value === "number" && !Number.isInteger(value)) return Number(value.toPrecision(6));
    for (const [type, ArrayType] of Object.entries(ARRAYS))
      if (value instanceof ArrayType) return { [type]: [...value] };
    return value;
  };
  const text = JSON.stringify(record, plain, 1);
  return `${text.replace(/\[\n[^[\]{}]*\n\s*\]/g, (list) => list.replace(/\n\s*/g, ""))}\n`;
}

export function parseRecord(text: string): RunRecord {
  return JSON.parse(text, (_, value: unknown) => {
    const [[type, values] = [], ...others] = Object.entries(value instanceof Object ? value : {});
    const typed = others.length === 0 && (type === "Float32Array" || type === "Uint8Array");
    return typed && Array.isArray(values) ? ARRAYS[type].from(values) : value;
  });
}

/** What the manifest says of a model's weights. @throws Error for a model that it does not list */
export function weightsOf(model: string, { models }: Manifest): Weights {
  const entry = models.find(({ id }) => id === model);
  if (!entry) throw new Error(`manifest.json has no model ${model}`);
  return { model, sha256: findFile(entry, "model.safetensors").sha256 };
}

/** @throws Error where a record was made with other weights than the manifest's */
export function refuseOtherWeights({ weights, command }: Provenance, manifest: Manifest): void {
  for (const { model, sha256 } of weights) {
    if (weightsOf(model, manifest).sha256 !== sha256)
      throw new Error(`the weights of ${model} are others than those of the record: run ${command}`);
  }
}
