import type { Backend } from "../backends/backend.ts";
import type { Storage } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";

/** A backend with room for only so many storages more: shows what is left behind where memory ends in the midst of something. */
export function withRoomFor(backend: Backend, storages: number): Backend {
  let left = storages;
  return new Proxy(backend, {
    get(target, key) {
      if (key === "alloc") {
        return (length: number): Storage => {
          if (left-- > 0) return target.alloc(length);
          throw new EngineError("out-of-memory");
        };
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
