import type { NodeId, Step, TokenTree } from "../models/token-tree.ts";

/** Why a text ended: its end token, `maxNewTokens`, or a full context. */
export type FinishReason = "end" | "length" | "context";

/** How long a text may get, and why it stops there. */
export interface Room {
  /** Tokens that may be generated; 0 when the prompt fills the context. */
  readonly tokens: number;
  readonly reason: "length" | "context";
}

/** The context limit is an end like any other: prompt and generated tokens together never exceed it. */
export function roomFor(promptLength: number, contextLength: number, maxNewTokens: number): Room {
  const left = contextLength - promptLength;
  return maxNewTokens <= left
    ? { tokens: maxNewTokens, reason: "length" }
    : { tokens: Math.max(0, left), reason: "context" };
}

/** A token that was chosen, and where. */
export interface Choice {
  /** The node whose logits it was chosen from. */
  readonly parent: NodeId;
  readonly token: number;
  /** Its own node; `null` when it was not run through the model, because nothing follows it. */
  readonly node: NodeId | null;
}

/** Runs chosen tokens through the model in one batch; their steps, in the same order. */
export async function extendWith(
  tree: TokenTree,
  choices: readonly Pick<Choice, "parent" | "token">[],
): Promise<Step[]> {
  if (choices.length === 0) return [];
  return tree.extend(
    choices.map(({ parent }) => parent),
    choices.map(({ token }) => token),
  );
}
