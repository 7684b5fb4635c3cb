import { EngineError } from "../errors.ts";
import type { Random } from "../random.ts";
import { mean } from "../statistics.ts";
import type { HostTensor } from "../tensor/trace.ts";

/** Where a head of a causal model may look. */
export const CAUSAL_ROLES = ["previous", "self", "first", "duplicate", "induction"] as const;
export type CausalRole = (typeof CAUSAL_ROLES)[number];

/** The share of its attention that a head gives to what each role names, 0–1; null where there is no such thing in the text. */
export type RoleShares = Readonly<Record<CausalRole, number | null>>;

// #region causal-roles
/**
 * Whether the token at `key`, which is not behind `query`, is what the role names. `duplicate`: the same token, earlier. `induction`: the one that
 * came after it then; whoever copies from there goes on as the text went on before (Olsson et al. 2022).
 */
export function playsCausal(role: CausalRole, ids: readonly number[], query: number, key: number): boolean {
  switch (role) {
    case "previous":
      return key === query - 1;
    case "self":
      return key === query;
    case "first":
      return key === 0 && query > 0;
    case "duplicate":
      return key < query && ids[key] === ids[query];
    case "induction":
      return key > 0 && key <= query && ids[key - 1] === ids[query];
  }
}

/**
 * What each head gives to what each role names: the mean over all tokens for which there is such a thing. Where a role names several places for
 * one token, such as all that came after it before, their weights add up.
 *
 * @param ids [tokens]
 * @param pattern [heads, tokens, tokens]
 */
export function causalRoleShares(ids: readonly number[], { shape, data }: HostTensor): RoleShares[] {
  const [heads = 0, length = 0] = shape;
  const places = CAUSAL_ROLES.map((role) =>
    ids.map((_, query) => [...ids.keys()].filter((key) => key <= query && playsCausal(role, ids, query, key))),
  );
  return Array.from({ length: heads }, (_, head) => {
    const weight = (query: number, key: number): number => data[(head * length + query) * length + key]!;
    const shares = places.map((keysOf) => {
      const asked = keysOf.filter((keys) => keys.length > 0).length;
      let sum = 0;
      for (const [query, keys] of keysOf.entries()) for (const key of keys) sum += weight(query, key);
      return asked > 0 ? sum / asked : null;
    });
    // Object.fromEntries forgets the roles; they are all of them.
    return Object.fromEntries(CAUSAL_ROLES.map((role, r) => [role, shares[r]])) as RoleShares;
  });
}
// #endregion

/** What a head gives to what on average over several texts; null where there is no such thing in one of them. */
export function meanRoleShares(ofTexts: readonly RoleShares[]): RoleShares {
  const meanOf = (role: CausalRole): number | null => {
    const shares = ofTexts.map((shares) => shares[role]);
    return shares.includes(null) ? null : mean(shares.map(Number));
  };
  return Object.fromEntries(CAUSAL_ROLES.map((role) => [role, meanOf(role)])) as RoleShares;
}

/** The role to which a head gives most, if that is at least the threshold. */
export function clearestCausalRole(shares: RoleShares, threshold: number): CausalRole | null {
  const [best] = CAUSAL_ROLES.toSorted((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
  return best !== undefined && (shares[best] ?? 0) >= threshold ? best : null;
}

/** A head that sees all alike, as far as it may see: what chance gives, [1, tokens, tokens]. */
export function evenCausal(length: number): HostTensor {
  const data = Float32Array.from({ length: length ** 2 }, (_, i) => {
    const [query, key] = [Math.floor(i / length), i % length];
    return key <= query ? 1 / (query + 1) : 0;
  });
  return { shape: [1, length, length], data };
}

// #region repeated
/**
 * Random tokens, all different, and the same again and again: nothing can be known of them but that they come back, so that a head which looks to
 * where the last one was followed does so for that reason alone (Olsson et al. 2022: 25 tokens, four times, neither the most common nor the rarest).
 *
 * @param from ids to choose from, up to but without `to`
 * @returns [length × times]
 * @throws EngineError `bad-input` where there are fewer than `length` of them
 */
export function repeatedTokens(
  random: Random,
  { from, to, length, times }: { from: number; to: number; length: number; times: number },
): number[] {
  if (to - from < length) throw new EngineError("bad-input", `${length} 个不同的词元，只有 ${to - from} 个可选`);
  const chosen = new Set<number>();
  while (chosen.size < length) chosen.add(from + Math.floor(random.uniform() * (to - from)));
  return Array.from({ length: times }, () => [...chosen]).flat();
}
// #endregion
