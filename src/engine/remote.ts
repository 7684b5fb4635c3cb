import * as Comlink from "comlink";
import { EngineError, type EngineErrorCode, toEngineError } from "./errors.ts";

/**
 * What both ends of the worker's channel agree on. Comlink carries the calls; this teaches it to carry errors as `EngineError`s with their
 * code, which it would otherwise reduce to a message.
 */

interface Thrown {
  readonly value: unknown;
}

interface EngineErrorMessage {
  readonly code: EngineErrorCode;
  readonly detail: string;
}

/** Comlink's own handler for thrown values, which it registers under this name. */
const original = Comlink.transferHandlers.get("throw");

/** Call on each side before the first call. */
export function carryEngineErrors(): void {
  if (!original) throw new EngineError("internal", "Comlink has no handler for thrown values");
  const handler: Comlink.TransferHandler<Thrown, EngineErrorMessage> = {
    canHandle: (value): value is Thrown => original.canHandle(value),
    serialize: ({ value }) => {
      const { code, detail } = toEngineError(value);
      return [{ code, detail }, []];
    },
    deserialize: ({ code, detail }) => {
      throw new EngineError(code, detail);
    },
  };
  Comlink.transferHandlers.set("throw", handler);
}
