import type { StandIns } from "../../../kit/run/demo-run.svelte.ts";
import { ownGpt } from "../../../subjects/own-model/own-gpt.svelte.ts";

/** The reader's own model in the place of gpt-zh, where that is set. */
export function insteadOf<Role extends string>(
  role: Role,
  { model }: { readonly model: "gpt-zh" | "own" },
): StandIns<Role> {
  // A computed key forgets which it is.
  return model === "own" ? ({ [role]: ownGpt } as StandIns<Role>) : {};
}
