import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findFile, type Manifest } from "../../../engine/files/manifest.ts";
import type { CsvTable } from "../frame/types.ts";
import type { Provenance, Weights } from "./types.ts";

/** A recorded run as it lies in `src/recorded`: JSON that a command has written, and nobody else. */
export interface RunRecord {
  readonly provenance: Provenance;
  /** What is said of it in a table. */
  readonly table: CsvTable;
  /** All that its demo draws, or whatever else of it is of use. */
  readonly data: unknown;
}

/** What a command knows of what it has just computed. */
export type Recording = Pick<Provenance, "command" | "weights" | "settings" | "seeds"> &
  Pick<RunRecord, "table" | "data">;

const WEIGHTS = "model.safetensors";
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

/** Writes `src/recorded/<name>.json`, with today's date and this machine. */
export async function saveRecord(name: string, { table, data, ...made }: Recording): Promise<void> {
  const provenance: Provenance = {
    kind: "recorded",
    date: new Date().toISOString().slice(0, 10),
    ...made,
    machine: { processor: cpus()[0]?.model ?? process.arch, node: process.version.slice(1) },
  };
  await mkdir(dirname(pathOf(name)), { recursive: true });
  await writeFile(pathOf(name), printRecord({ provenance, table, data }));
}

/** What one types to have the same again. @param script what it begins with, `npm run cart-pole` @param given arguments of the process */
export function commandOf(script: string, given: readonly string[]): string {
  const words = given.map((word) => (/^[\w=,./-]+$/.test(word) ? word : JSON.stringify(word)));
  return [script, ...(words.length > 0 ? ["--", ...words] : [])].join(" ");
}

/** The weights that lie in a model's folder, whatever the manifest says of them. */
export async function weightsIn(folder: string): Promise<Weights> {
  const bytes = await readFile(join(folder, WEIGHTS));
  return { model: basename(folder), sha256: createHash("sha256").update(bytes).digest("hex") };
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
  return { model, sha256: findFile(entry, WEIGHTS).sha256 };
}

/** @throws Error where a record was made with other weights than the manifest's */
export function refuseOtherWeights({ weights, command }: Provenance, manifest: Manifest): void {
  for (const { model, sha256 } of weights) {
    if (weightsOf(model, manifest).sha256 !== sha256)
      throw new Error(`the weights of ${model} are others than those of the record: run ${command}`);
  }
}
