import type { ModelConfig } from "../../../engine/files/config.ts";

/** What a model does with a text: goes on with it, fills its gaps, or says which class it belongs to. */
export type ModelKind = "write" | "fill" | "classify";

export function kindOf(config: ModelConfig): ModelKind {
  if (config.architecture !== "bert") return "write";
  return config.classNames.length > 0 ? "classify" : "fill";
}
