import { type DBSchema, openDB } from "idb";
import type { ModelReport } from "../../../engine/files/report.ts";
import type { ModelSource } from "../../../engine/files/source.ts";

/** A model that the reader has looked at and agreed to. */
export interface AgreedModel {
  readonly source: ModelSource;
  readonly report: ModelReport;
}

interface Schema extends DBSchema {
  agreed: { key: string; value: AgreedModel };
}

const KEY = "gpt2";

/**
 * Something done with what the browser keeps (IndexedDB), so that the pages of a chapter know the model that was opened on one of them.
 * @throws DOMException where the browser refuses: a private window, site data switched off, no room on the disk
 */
async function stored<T>(work: (agreed: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const database = await open();
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

const open = () =>
  openDB<Schema>("visible-llm-own-model", 1, { upgrade: (opened) => void opened.createObjectStore("agreed") });

export function keepModel(model: AgreedModel): Promise<unknown> {
  return stored((database) => database.put("agreed", model, KEY));
}

export function keptModel(): Promise<AgreedModel | undefined> {
  return stored((database) => database.get("agreed", KEY));
}

export function dropModel(): Promise<void> {
  return stored((database) => database.delete("agreed", KEY));
}
