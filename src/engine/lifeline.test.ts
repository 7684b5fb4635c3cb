import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { EngineError } from "./errors.ts";
import { Lifeline } from "./lifeline.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const never = new Promise<never>(() => {});
const reason = new EngineError("internal", "gone");

test("while it lasts, an answer is what it would be anyway", async () => {
  const life = new Lifeline();
  expect(await life.until(Promise.resolve(7))).toBe(7);
  await expect(life.until(Promise.reject(new EngineError("bad-input")))).rejects.toMatchObject({ code: "bad-input" });
  expect(life.ended).toBe(false);
});

test("when it ends, all who wait hear why, and so do those who come later", async () => {
  const life = new Lifeline();
  const waiting = [life.until(never), life.until(never)];
  life.end(reason);
  life.end(new EngineError("internal", "gone again"));
  for (const answer of waiting) await expect(answer).rejects.toBe(reason);
  await expect(life.until(never)).rejects.toBe(reason);
  await expect(life.until(Promise.reject(new EngineError("bad-input")))).rejects.toBe(reason);
  expect(life.ended).toBe(true);
});

test("answers that were given are not kept until the end", async () => {
  const life = new Lifeline();
  const given = async (): Promise<WeakRef<object>> =>
    new WeakRef(await life.until(Promise.resolve({ logits: [1, 2] })));
  const answer = await given();
  // A WeakRef holds its target until the turn in which it was made is over.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(answer.deref()).toBeUndefined();
  expect(life.ended).toBe(false);
});
