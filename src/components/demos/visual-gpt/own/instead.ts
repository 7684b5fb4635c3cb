import type { StandIn } from "../../../kit/run/demo-run.svelte.ts";
import { ownGpt } from "../../../subjects/own-model/own-gpt.svelte.ts";

/** What runs in the place of gpt-zh: the reader's own model, where that is set. */
export function insteadOf({ model }: { readonly model: "gpt-zh" | "own" }): StandIn | undefined {
  return model === "own" ? ownGpt : undefined;
}
