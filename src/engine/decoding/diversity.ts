// #region distinct-n
/**
 * Distinct-n (Li et al. 2016): how many of all n-grams in some texts differ, in (0, 1]; 1 is no n-gram twice.
 *
 * The texts are counted together, so copies of one text score low; an n-gram never spans two texts. Divided by the number of n-grams, as
 * is usual; the paper divides by the number of tokens, so that even a text without any repetition stays below 1.
 *
 * @param texts each a sequence of tokens (ids or characters)
 * @param n ≥ 1
 * @returns `null` when no text is n tokens long
 */
export function distinctN(texts: readonly (readonly (number | string)[])[], n: number): number | null {
  const different = new Set<string>();
  let count = 0;
  for (const text of texts) {
    for (let start = 0; start + n <= text.length; start++) {
      different.add(JSON.stringify(text.slice(start, start + n)));
      count++;
    }
  }
  return count === 0 ? null : different.size / count;
}
// #endregion

/**
 * Share of a text's characters that have stood in it before, in [0, 1).
 *
 * Only letters count (汉字 are letters to Unicode): a verse repeats its punctuation by form, not by choice.
 *
 * @returns `null` for a text without letters
 */
export function repeatedShare(text: string): number | null {
  const letters = text.match(/\p{L}/gu);
  return letters && 1 - new Set(letters).size / letters.length;
}
