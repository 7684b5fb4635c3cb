import type { Fate } from "../../../../engine/models/bert-masking.ts";

/** What became of a chosen token, in a word or two. */
export const fateNames: Readonly<Record<Fate, string>> = { masked: "遮住", swapped: "换掉", kept: "不变" };
