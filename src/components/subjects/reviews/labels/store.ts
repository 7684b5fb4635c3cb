import { type DBSchema, openDB } from "idb";
import type { Label } from "./label.ts";

/** Where labels outlast the page. */
export interface LabelStore {
  /** Everything stored, as it was found. */
  all(): Promise<readonly unknown[]>;
  /** Stores a label, in place of the one of that id. */
  put(label: Label): Promise<void>;
  delete(ids: readonly string[]): Promise<void>;
  close(): void;
}

interface Schema extends DBSchema {
  labels: { key: string; value: Label };
}

/**
 * The reader's own browser (IndexedDB), which all tabs of the site share.
 *
 * @param name of the database
 * @param onForeign called when another tab has changed something
 * @throws DOMException where the browser refuses: a private window, site data switched off, no room on the disk
 */
export async function openLabelStore(name: string, onForeign: () => void): Promise<LabelStore> {
  const database = await openDB<Schema>(name, 1, {
    upgrade: (opened) => void opened.createObjectStore("labels", { keyPath: "id" }),
    // A tab with a later version of the site waits for this one to let go.
    blocking: () => database.close(),
  });
  const tabs = new BroadcastChannel(name);
  tabs.onmessage = onForeign;
  const announce = (): void => tabs.postMessage(null);
  return {
    all: () => database.getAll("labels"),
    async put(label) {
      // Once, with the reader's first: what a site has not asked to keep, browsers drop when room is short. Firefox asks the reader; nobody waits.
      if ((await database.count("labels")) === 0) navigator.storage?.persist?.().catch(() => {});
      await database.put("labels", label);
      announce();
    },
    async delete(ids) {
      const change = database.transaction("labels", "readwrite");
      await Promise.all([...ids.map((id) => change.store.delete(id)), change.done]);
      announce();
    },
    close() {
      tabs.close();
      database.close();
    },
  };
}

/** Why nothing can be stored, and what that means for the reader. */
export function storageSentence(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  const meanwhile = "演示照常；标注只留在这个标签页里，关掉就没有了，要留就先导出。";
  if (name === "QuotaExceededError") return `浏览器给本站的空间满了，新的标注存不下。${meanwhile}`;
  if (name === "VersionError" || name === "InvalidStateError") {
    return `另一个标签页开着更新的版本，这里存不进去。请刷新。${meanwhile}`;
  }
  return `浏览器不让本站存东西（无痕窗口，或者关了网站数据）。${meanwhile}`;
}
