import type { RemoteTree } from "../../../../engine/client.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { encodePrompt, MODEL } from "../../../subjects/poems/poem-tables.ts";
import { startTrail, type Trail } from "./trail.ts";

/** What the reader walks on: a prompt, and the ways gone from it. */
export interface Walk {
  /**
   * Where the model's answers come from; each walk has its own, so that a new one never asks the tree of an old one. Null for the walk that stands
   * there before the reader has run anything.
   */
  readonly tree: RemoteTree | null;
  readonly prompt: PoemPrompt;
  readonly promptIds: readonly number[];
  readonly trail: Trail;
  /** Of the model. */
  readonly vocabulary: readonly string[];
  readonly specialIds: ReadonlySet<number>;
  readonly endIds: readonly number[];
}

/** A new walk behind a prompt, on a tree of its own. @throws EngineError as `encodePrompt`; `cancelled` where the signal has aborted, and then nothing is held */
export async function startWalk({ engine, model, signal }: WorkContext, prompt: PoemPrompt): Promise<Walk> {
  const { vocabulary, specialIds, endIds } = model;
  const promptIds = await encodePrompt(engine, prompt);
  const tree = await engine.tree(MODEL);
  try {
    const answer = await tree.append(null, promptIds);
    if (signal.aborted) throw new EngineError("cancelled");
    return { tree, prompt, promptIds, trail: startTrail(answer), vocabulary, specialIds, endIds };
  } catch (error) {
    await tree.dispose();
    throw error;
  }
}
