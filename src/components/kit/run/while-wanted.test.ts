import { expect, test } from "vitest";
import { whileWanted } from "./while-wanted.ts";

/** As `EngineClient`: its methods need their own `this`. */
class Engine {
  readonly #answers = { read: "read" };
  closed = 0;
  disposed = 0;

  read(text: string): Promise<string> {
    return Promise.resolve(`${this.#answers.read}: ${text}`);
  }

  async fail(): Promise<never> {
    throw new TypeError("broken");
  }

  async tree() {
    return { dispose: async () => void this.disposed++ };
  }

  async *sample(): AsyncGenerator<number, void, undefined> {
    try {
      for (let i = 0; ; i++) yield i;
    } finally {
      this.closed++;
    }
  }

  onStatus(): () => string {
    return () => "ended";
  }
}

const cancelled = expect.objectContaining({ code: "cancelled" });

test("until the signal aborts, the engine is as it is", async () => {
  const engine = whileWanted(new Engine(), new AbortController().signal);
  expect(await engine.read("x")).toBe("read: x");
  expect(engine.onStatus()()).toBe("ended");
  await expect(engine.fail()).rejects.toThrow("broken");
  expect(engine.closed).toBe(0);
});

test("what is awaited when it aborts throws, and what the engine would hold for it is freed", async () => {
  const [engine, controller] = [new Engine(), new AbortController()];
  const { read, tree } = whileWanted(engine, controller.signal);
  const awaited = [read("x"), tree()];
  controller.abort();
  for (const one of awaited) await expect(one).rejects.toEqual(cancelled);
  expect(engine.disposed).toBe(1);
});

test("a stream ends with its next item, and is closed", async () => {
  const [engine, controller] = [new Engine(), new AbortController()];
  const seen: number[] = [];
  const reading = (async () => {
    for await (const i of whileWanted(engine, controller.signal).sample()) {
      seen.push(i);
      if (i === 2) controller.abort();
    }
  })();
  await expect(reading).rejects.toEqual(cancelled);
  expect(seen).toEqual([0, 1, 2]);
  expect(engine.closed).toBe(1);
});
