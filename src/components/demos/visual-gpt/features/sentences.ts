import { type Blank, filled } from "../../../subjects/sentences/blank.ts";
import { PLAIN_SENTENCES } from "../../../subjects/sentences/plain-sentences.ts";

/** Of the plain sentences those of the map: 「一」, 「了」 and 「在」 stand in several of them, before different words. */
const KINDS: ReadonlySet<Blank["kind"]> = new Set(["家里", "出门", "量词"]);

export const MAPPED: readonly string[] = PLAIN_SENTENCES.filter(({ kind }) => KINDS.has(kind)).map(filled);

/** All of them, for neurons. */
export const READ: readonly string[] = PLAIN_SENTENCES.map(filled);

/** What a token is, by a list: no model is asked. */
export const TOKEN_KINDS = ["标点", "虚词和数量词", "其余的字"] as const;

const PUNCTUATION = /^[\p{P}\p{S}]+$/u;
const FUNCTION_WORDS = new Set("的了着过得地在是不很就也都还被把和吗呢吧所以因为但一二两三七十几这那个本只辆朵件条杯");

/** Index into `TOKEN_KINDS`. */
export function kindOf(token: string): number {
  if (PUNCTUATION.test(token)) return 0;
  return FUNCTION_WORDS.has(token) ? 1 : 2;
}
