import { afterEach, expect, test, vi } from "vitest";
import { type Label, newLabel, readLabel } from "./label.ts";
import { type LabelStore, openLabelStore } from "./store.ts";

const NAME = "labels of a test";
const opened: LabelStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) store.close();
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
});

async function open(onForeign = () => {}): Promise<LabelStore> {
  const store = await openLabelStore(NAME, onForeign);
  opened.push(store);
  return store;
}

const ranking = (...texts: string[]): Label => ({
  ...newLabel(),
  kind: "ranking",
  category: "酒店",
  opening: "",
  texts,
});

test("labels outlast the page, and are replaced and deleted by their ids", async () => {
  const [first, second] = [ranking("好", "坏"), ranking("大", "小")];
  const store = await open();
  await store.put(first);
  await store.put(second);
  await store.put({ ...second, texts: ["小", "大"] } as Label);
  store.close();
  const again = await open();
  const all = (await again.all()).map(readLabel);
  expect(all).toHaveLength(2);
  expect(all).toContainEqual(first);
  expect(all).toContainEqual({ ...second, texts: ["小", "大"] });
  await again.delete([first.id, "nobody's"]);
  expect(await again.all()).toHaveLength(1);
});

test("with the first label, and only then, the browser is asked to keep what is stored", async () => {
  const persist = vi.spyOn(navigator.storage, "persist").mockRejectedValue(new TypeError("not in here"));
  const store = await open();
  expect(persist).not.toHaveBeenCalled();
  await store.put(ranking("好", "坏"));
  await store.put(ranking("大", "小"));
  expect(persist).toHaveBeenCalledTimes(1);
  expect(await store.all()).toHaveLength(2);
  persist.mockRestore();
});

test("two tabs lose nothing of each other's, and hear of it", async () => {
  let heard = 0;
  const [one, other] = [await open(() => heard++), await open()];
  const labels = Array.from({ length: 20 }, (_, i) => ranking(`好${i}`, "坏"));
  await Promise.all(labels.map((label, i) => (i % 2 ? one : other).put(label)));
  expect(await one.all()).toHaveLength(20);
  await expect.poll(() => heard).toBe(10);
});
