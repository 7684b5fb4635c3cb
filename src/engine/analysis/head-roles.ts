import type { HostTensor } from "../tensor/trace.ts";

/** A text as the roles of heads see it. */
export interface RoleText {
  /** The tokens as the model reads them, `[CLS]` and `[SEP]` included. */
  readonly tokens: readonly string[];
  /** [tokens]: 0 for the first sentence, 1 for the second. */
  readonly segments: readonly number[];
}

/** Where a head may look. */
export const ROLES = [
  "previous",
  "next",
  "self",
  "cls",
  "sep",
  "punctuation",
  "other-segment",
  "same-character",
] as const;
export type Role = (typeof ROLES)[number];

/** How much of its attention a head gives to what a role names, over all tokens for which there is such a thing. */
export interface RoleScore {
  readonly role: Role;
  /** Mean share of the attention, 0–1. */
  readonly share: number;
  /** The share that even attention would give. */
  readonly even: number;
  /** How far the share is above even, (share − even) / (1 − even): 0 for even attention, 1 for all of it, below 0 for less than even. */
  readonly score: number;
  /** Tokens over which it was measured. */
  readonly tokens: number;
}

const isSpecial = (token: string): boolean => /^\[[A-Z]+\]$/.test(token);
const isPunctuation = (token: string): boolean => /^[\p{P}\p{S}]$/u.test(token);

// #region roles
/** Whether the token at `key` is, seen from `query`, what the role names. */
export function plays(role: Role, { tokens, segments }: RoleText, query: number, key: number): boolean {
  const token = tokens[key]!;
  switch (role) {
    case "previous":
      return key === query - 1;
    case "next":
      return key === query + 1;
    case "self":
      return key === query;
    case "cls":
      return token === "[CLS]";
    case "sep":
      return token === "[SEP]";
    case "punctuation":
      return isPunctuation(token);
    case "other-segment":
      return segments[key] !== segments[query] && !isSpecial(token);
    case "same-character":
      return key !== query && token === tokens[query];
  }
}
// #endregion

/**
 * Adds up, text by text, to whom each head of a layer attends. Only characters are asked where they look, not `[CLS]`, `[SEP]` or
 * punctuation, but they may look at everything (as Clark et al. 2019 count).
 */
export class RoleMeter {
  readonly #heads: number;
  /** [heads × roles] */
  readonly #shares: Float64Array;
  /** [roles] */
  readonly #even = new Float64Array(ROLES.length);
  readonly #counts = new Float64Array(ROLES.length);

  constructor(heads: number) {
    this.#heads = heads;
    this.#shares = new Float64Array(heads * ROLES.length);
  }

  /** @param pattern [heads, tokens, tokens] */
  add(text: RoleText, { data }: Pick<HostTensor, "data">): void {
    const length = text.tokens.length;
    for (const [query, token] of text.tokens.entries()) {
      if (isSpecial(token) || isPunctuation(token)) continue;
      for (const [r, role] of ROLES.entries()) {
        const keys = text.tokens.flatMap((_, key) => (plays(role, text, query, key) ? [key] : []));
        if (keys.length === 0) continue;
        this.#counts[r]!++;
        this.#even[r]! += keys.length / length;
        for (let head = 0; head < this.#heads; head++) {
          const start = (head * length + query) * length;
          for (const key of keys) this.#shares[head * ROLES.length + r]! += data[start + key]!;
        }
      }
    }
  }

  /** The scores of one head, in the order of `ROLES`; a role that no token could play is left out. */
  scores(head: number): RoleScore[] {
    return ROLES.flatMap((role, r) => {
      const tokens = this.#counts[r]!;
      if (tokens === 0) return [];
      const share = this.#shares[head * ROLES.length + r]! / tokens;
      const even = this.#even[r]! / tokens;
      return [{ role, share, even, score: even < 1 ? (share - even) / (1 - even) : 0, tokens }];
    });
  }
}

/** The role with the highest score, if that is at least the threshold. */
export function clearestRole(scores: readonly RoleScore[], threshold: number): RoleScore | null {
  const best = scores.reduce<RoleScore | null>((most, own) => (most && most.score >= own.score ? most : own), null);
  return best && best.score >= threshold ? best : null;
}
