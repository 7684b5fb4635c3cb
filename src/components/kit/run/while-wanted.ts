import { EngineError } from "../../../engine/errors.ts";

/**
 * An engine as one run sees it: once the signal has aborted, what is still awaited of it throws `cancelled`, and so do its streams. So a run that was
 * given up changes nothing more, whatever it waits for, and need not ask. What lives on in the engine, such as a tree, is handed out as it is;
 * one that comes too late is disposed of.
 */
export function whileWanted<Engine extends object>(engine: Engine, signal: AbortSignal): Engine {
  return new Proxy(engine, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: readonly unknown[]) => {
        const answer: unknown = Reflect.apply(member, target, given);
        if (answer instanceof Promise) return wanted(answer, signal);
        return isStream(answer) ? stream(answer, signal) : answer;
      };
    },
  });
}

async function wanted(answer: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  const value = await answer;
  if (!signal.aborted) return value;
  if (isHeld(value)) await value.dispose();
  throw new EngineError("cancelled");
}

async function* stream<T>(items: AsyncGenerator<T, void, undefined>, signal: AbortSignal): typeof items {
  for await (const item of items) {
    if (signal.aborted) throw new EngineError("cancelled");
    yield item;
  }
}

function isStream(value: unknown): value is AsyncGenerator<unknown, void, undefined> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

function isHeld(value: unknown): value is { dispose(): Promise<void> } {
  return typeof value === "object" && value !== null && "dispose" in value;
}
