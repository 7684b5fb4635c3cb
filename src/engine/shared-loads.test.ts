import { expect, test } from "vitest";
import { EngineError } from "./errors.ts";
import { SharedLoads } from "./shared-loads.ts";

const cancelled = expect.objectContaining({ code: "cancelled" });

/** Loads of names, and the names that nobody wanted any more when they had come. */
function prepare() {
  const dropped: string[] = [];
  return { loads: new SharedLoads<string>(async (name) => void dropped.push(name)), dropped };
}

test("two callers share one load and its progress; later ones get what is there", async () => {
  const { loads, dropped } = prepare();
  const [first, second]: number[][] = [[], []];
  const file = Promise.withResolvers<string>();
  let works = 0;
  const load = (seen: number[]) =>
    loads.get("a", { onProgress: ({ loaded }) => seen.push(loaded) }, async ({ onProgress }) => {
      works++;
      await null;
      onProgress?.({ loaded: 1, total: 2 });
      return file.promise;
    });
  const both = [load(first!), load(second!)];
  file.resolve("A");
  expect(await Promise.all(both)).toEqual(["A", "A"]);
  expect(await load(first!)).toBe("A");
  expect([works, first, second, dropped]).toEqual([1, [1], [1], []]);
  expect(loads.take("a")).toBe("A");
  expect(loads.peek("a")).toBeUndefined();
});

test("aborting one of two callers stops nothing, aborting the last stops the work", async () => {
  const { loads } = prepare();
  const [one, two] = [new AbortController(), new AbortController()];
  let stopped = false;
  const load = ({ signal }: AbortController) =>
    loads.get("a", { signal }, ({ signal: shared }) => {
      return new Promise((_, reject) => {
        shared?.addEventListener("abort", () => {
          stopped = true;
          reject(new EngineError("cancelled"));
        });
      });
    });
  const [first, second] = [load(one), load(two)];
  one.abort();
  await expect(first).rejects.toThrow(cancelled);
  expect(stopped).toBe(false);
  two.abort();
  await expect(second).rejects.toThrow(cancelled);
  expect(stopped).toBe(true);
});

test("what comes although its only caller has aborted is cleaned up, and can be loaded again at once", async () => {
  const { loads, dropped } = prepare();
  const controller = new AbortController();
  const file = Promise.withResolvers<string>();
  const aborted = loads.get("a", { signal: controller.signal }, () => file.promise);
  controller.abort();
  await expect(aborted).rejects.toThrow(cancelled);
  const again = loads.get("a", {}, async () => "new");
  file.resolve("late");
  expect(await again).toBe("new");
  expect(await loads.peek("a")).toBe("new");
  expect(dropped).toEqual(["late"]);
});

test("who aborts at the moment at which it comes leaves it loaded, or cleans it up", async () => {
  for (const abortFirst of [true, false]) {
    const { loads, dropped } = prepare();
    const controller = new AbortController();
    const file = Promise.withResolvers<string>();
    const aborted = loads.get("a", { signal: controller.signal }, () => file.promise);
    if (abortFirst) controller.abort();
    file.resolve("A");
    if (!abortFirst) controller.abort();
    await expect(aborted).rejects.toThrow(cancelled);
    await expect.poll(() => [loads.take("a") ?? [], dropped].flat()).toEqual(["A"]);
  }
});

test("what is unloaded while it loads is cleaned up when it comes, and its callers hear that it was cancelled", async () => {
  const { loads, dropped } = prepare();
  const file = Promise.withResolvers<string>();
  const load = loads.get("a", {}, () => file.promise);
  expect(loads.take("a")).toBeNull();
  file.resolve("late");
  await expect(load).rejects.toThrow(cancelled);
  expect(dropped).toEqual(["late"]);
  expect(loads.peek("a")).toBeUndefined();
});

test("a failure is not kept", async () => {
  const { loads } = prepare();
  const failing = loads.get("a", {}, () => Promise.reject(new EngineError("network")));
  await expect(failing).rejects.toThrow(expect.objectContaining({ code: "network" }));
  expect(await loads.get("a", {}, async () => "A")).toBe("A");
});
