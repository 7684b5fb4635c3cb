import { JsonObject } from "../../../engine/files/json.ts";

export interface Turn {
  readonly question: string;
  readonly answer: string;
  /** Whether the model stopped by itself. */
  readonly ended: boolean;
}

/** Conversations that nobody picked, as training/gptzh/talk.py keeps them. */
export interface Conversations {
  readonly seed: number;
  /** Of how many openings they were drawn. */
  readonly of: number;
  readonly conversations: readonly (readonly Turn[])[];
}

/**
 * Reads a `conversations.json`.
 * @param weights SHA-256 of the model's weights, in hexadecimal: answers of other weights are none of this model's
 * @throws EngineError `bad-file`, naming what is missing, or that the weights are others
 */
export function parseConversations(json: unknown, file: string, weights: string): Conversations {
  const kept = new JsonObject(json, file);
  if (kept.string("weights") !== weights) kept.fail("weights", "是另一份权重的 SHA-256：谈话要重新记（training talk）");
  const conversations = kept.objects("conversations").map((one) =>
    one.objects("turns").map((turn) => ({
      question: turn.string("question"),
      answer: turn.string("answer"),
      ended: turn.boolean("ended"),
    })),
  );
  return { seed: kept.integer("seed", 0), of: kept.integer("of", conversations.length), conversations };
}
