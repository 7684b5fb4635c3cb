import { type BertConfig, parseConfig } from "../files/config.ts";
import type { BertBatch } from "../models/bert.ts";
import type { Batch } from "./training-run.ts";

/** What a fixture of BERT says, in the engine's types. */

export function bertConfig(json: unknown): BertConfig {
  const config = parseConfig(json);
  if (config.architecture !== "bert") throw new Error("The fixture is no BERT.");
  return config;
}

export function bertBatch({ ids, lengths, segments }: Batch): BertBatch {
  return { ids: ints(ids), batch: lengths!.length, lengths: ints(lengths), segments: ints(segments) };
}

export function ints(numbers: readonly number[] | undefined): Int32Array {
  return Int32Array.from(numbers ?? []);
}
