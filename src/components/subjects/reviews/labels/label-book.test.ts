import { describe, expect, test } from "vitest";
import { type Label, newLabel } from "./label.ts";
import { LabelBook } from "./label-book.ts";
import { type LabelStore, storageSentence } from "./store.ts";

let clock = 0;
const ranking = (...texts: string[]): Label => ({
  ...newLabel(),
  time: clock++,
  kind: "ranking",
  category: "",
  opening: "",
  texts,
});

/** A store in memory that several books share, as tabs do. */
class SharedStore {
  readonly records = new Map<string, unknown>();
  readonly #listeners = new Set<() => void>();
  refuses: Error | undefined;

  readonly open = async (onForeign: () => void): Promise<LabelStore> => {
    this.#listeners.add(onForeign);
    const change = async (work: () => void): Promise<void> => {
      if (this.refuses) throw this.refuses;
      work();
      for (const listener of this.#listeners) if (listener !== onForeign) listener();
    };
    return {
      all: async () => [...this.records.values()],
      put: (label) => change(() => this.records.set(label.id, label)),
      delete: (ids) => change(() => ids.forEach((id) => void this.records.delete(id))),
      close: () => void this.#listeners.delete(onForeign),
    };
  };
}

async function book(store: SharedStore): Promise<LabelBook> {
  const made = new LabelBook(store.open, () => {});
  await made.load();
  return made;
}

const texts = ({ all }: LabelBook): string[] => all.map((label) => (label.kind === "ranking" ? label.texts[0]! : ""));

describe("a book of labels", () => {
  test("has what was stored before, without what is no label", async () => {
    const store = new SharedStore();
    await (await book(store)).put(ranking("好", "坏"));
    store.records.set("x", { id: "x", version: 0 });
    expect(texts(await book(store))).toEqual(["好"]);
  });

  test("has a new label at once, before the store has it", async () => {
    const made = new LabelBook(new SharedStore().open, () => {});
    const stored = made.put(ranking("好", "坏"));
    expect(texts(made)).toEqual(["好"]);
    await stored;
    expect(made.trouble).toBeUndefined();
  });

  test("hears of another tab's labels, and of what it deletes", async () => {
    const store = new SharedStore();
    const [one, other] = [await book(store), await book(store)];
    const label = ranking("好", "坏");
    await one.put(label);
    await other.put(ranking("大", "小"));
    await one.load();
    expect(texts(one)).toEqual(["好", "大"]);
    await other.delete([label.id]);
    await one.load();
    expect(texts(one)).toEqual(["大"]);
  });

  test("a label deleted while news from another tab is on its way does not come back", async () => {
    const store = new SharedStore();
    let news = () => {};
    const made = new LabelBook(
      (onForeign) => {
        news = onForeign;
        return store.open(onForeign);
      },
      () => {},
    );
    const label = ranking("好", "坏");
    await made.put(label);
    news();
    await made.delete([label.id]);
    expect(made.all).toEqual([]);
    expect(store.records.size).toBe(0);
  });

  test("a label that changes while it is stored ends as it was last", async () => {
    const store = new SharedStore();
    const made = await book(store);
    const label = ranking("好", "坏");
    void made.put(label);
    await made.put({ ...label, texts: ["坏", "好"] } as Label);
    expect(texts(await book(store))).toEqual(["坏"]);
  });

  test("keeps in memory what the store refuses, through news from other tabs, and says why", async () => {
    const store = new SharedStore();
    const [full, other] = [await book(store), await book(store)];
    store.refuses = new DOMException("", "QuotaExceededError");
    await full.put(ranking("好", "坏"));
    expect(full.trouble).toContain("满了");
    store.refuses = undefined;
    await other.put(ranking("大", "小"));
    await full.load();
    expect(texts(full)).toEqual(["好", "大"]);
    expect(store.records.size).toBe(1);
  });

  test("works where there is no store at all", async () => {
    const made = new LabelBook(
      () => Promise.reject(new DOMException("", "SecurityError")),
      () => {},
    );
    const label = ranking("好", "坏");
    await made.put(label);
    expect(made.trouble).toContain("不让本站存东西");
    expect(texts(made)).toEqual(["好"]);
    await made.delete([label.id]);
    expect(made.all).toEqual([]);
  });
});

test.each([
  [new DOMException("", "QuotaExceededError"), "满了"],
  [new DOMException("", "VersionError"), "请刷新"],
  [new DOMException("", "SecurityError"), "无痕"],
  [new ReferenceError("indexedDB is not defined"), "无痕"],
])("%s has a sentence that says what is still possible", (error, reason) => {
  expect(storageSentence(error)).toContain(reason);
  expect(storageSentence(error)).toContain("导出");
});
