import type { BeamEvent, Hypothesis } from "../../../../engine/decoding/beam.ts";
import type { SampleUpdate } from "../../../../engine/decoding/sample.ts";
import type { NodeId } from "../../../../engine/models/token-tree.ts";

/** A token that a decoder wrote. */
export interface WrittenToken {
  readonly token: number;
  /** Its natural log-probability under the model itself, before any filter. (With penalties, beam search knows only the one after.) */
  readonly logProb: number;
}

/** A text as far as a decoder has got. */
export interface Draft {
  readonly tokens: readonly WrittenToken[];
  /** `over`: nothing more comes; `finished`: and its last token is the end token. */
  readonly state: "writing" | "over" | "finished";
}

export const EMPTY_DRAFT: Draft = { tokens: [], state: "writing" };

/** The draft of a single sampled or greedy text after one more event. */
export function extendDraft(draft: Draft, event: SampleUpdate): Draft {
  if (event.type === "finish") return { ...draft, state: event.reason === "end" ? "finished" : "over" };
  const { token, logProb } = event;
  return { ...draft, tokens: [...draft.tokens, { token, logProb }] };
}

/** Reads from the steps of a beam search the text that is best at each of them. */
export class BeamReader {
  /** The tokens up to each node behind the prompt. */
  readonly #paths = new Map<NodeId, readonly WrittenToken[]>();
  readonly #lengthPenalty: number;

  constructor(lengthPenalty: number) {
    this.#lengthPenalty = lengthPenalty;
  }

  /** The best text after an event: a complete one, or a beginning if that scores higher. */
  read(event: BeamEvent): Draft {
    const [complete] = event.hypotheses;
    if (event.type === "result") return complete ? this.#complete(complete) : { ...EMPTY_DRAFT, state: "over" };

    for (const { parent, node, token, logProb } of event.candidates) {
      if (node !== null) this.#paths.set(node, [...this.#path(parent), { token, logProb }]);
    }
    const running = event.candidates.find(({ node }) => node !== null);
    const score = running ? running.score / event.length ** this.#lengthPenalty : Number.NEGATIVE_INFINITY;
    // What is complete now may still be overtaken: only the result is final.
    if (complete && complete.score >= score) return { ...this.#complete(complete), state: "writing" };
    return running?.node == null ? EMPTY_DRAFT : { tokens: this.#path(running.node), state: "writing" };
  }

  #complete({ ids, parent, logProb, reason }: Hypothesis): Draft {
    const path = this.#path(parent);
    // A hypothesis tells the sum: its last token has what the others leave of it.
    const last = { token: ids.at(-1)!, logProb: logProb - sumOf(path) };
    return { tokens: [...path, last], state: reason === "end" ? "finished" : "over" };
  }

  /** Empty for the prompt's last node. */
  #path(node: NodeId): readonly WrittenToken[] {
    return this.#paths.get(node) ?? [];
  }
}

/** Natural log-probability of all tokens together. */
export function sumOf(tokens: readonly WrittenToken[]): number {
  return tokens.reduce((sum, { logProb }) => sum + logProb, 0);
}
