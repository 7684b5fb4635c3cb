import * as Comlink from "comlink";
import { EngineError, type EngineErrorCode } from "./errors.ts";

/**
 * What both ends of the worker's channel agree on. Comlink carries the calls; this teaches it to carry our errors with their code, which
 * it would otherwise reduce to a message.
 */

interface Thrown {
  readonly value: unknown;
}

interface EngineErrorMessage {
  readonly code: EngineErrorCode;
  readonly detail: string;
}

type ThrownMessage = { readonly engineError: EngineErrorMessage } | { readonly other: unknown };

/** Call once on each side, before the first call. */
export function carryEngineErrors(): void {
  // Comlink registers its own handler for thrown values under this name; ours wraps it.
  const original = Comlink.transferHandlers.get("throw");
  if (!original) throw new EngineError("internal", "Comlink has no handler for thrown values");
  const handler: Comlink.TransferHandler<Thrown, ThrownMessage> = {
    canHandle: (value): value is Thrown => original.canHandle(value),
    serialize: (thrown) => {
      if (thrown.value instanceof EngineError) {
        const { code, detail } = thrown.value;
        return [{ engineError: { code, detail } }, []];
      }
      const [other, transfer] = original.serialize(thrown);
      return [{ other }, transfer];
    },
    deserialize: (message) => {
      if ("engineError" in message) throw new EngineError(message.engineError.code, message.engineError.detail);
      return original.deserialize(message.other) as Thrown;
    },
  };
  Comlink.transferHandlers.set("throw", handler);
}
