import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { CsvTable } from "../frame/types.ts";
import type { Provenance } from "./types.ts";

/** A recorded run as it lies in `src/recorded`: JSON that a command has written, and nobody else. */
export interface RunRecord {
  readonly provenance: Provenance;
  /** What is said of it in a table. */
  readonly table: CsvTable;
  /** All that its demo draws. */
  readonly data: unknown;
}

const pathOf = (name: string): string => fileURLToPath(new URL(`../../../recorded/${name}.json`, import.meta.url));

/** @throws Error where nothing of that name was recorded */
export async function readRecord(name: string): Promise<RunRecord> {
  try {
    return JSON.parse(await readFile(pathOf(name), "utf8"));
  } catch (error) {
    throw new Error(`src/recorded/${name}.json cannot be read: npm run record -- ${name} writes it`, { cause: error });
  }
}

/** Numbers that are not whole are written with six digits, as in a figure of the build. */
export async function writeRecord(name: string, record: RunRecord): Promise<void> {
  const six = (_: string, value: unknown): unknown =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  await mkdir(dirname(pathOf(name)), { recursive: true });
  await writeFile(pathOf(name), `${JSON.stringify(record, six, 1)}\n`);
}
