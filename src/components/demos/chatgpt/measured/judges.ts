/** Says of an answer whether it is right. A regular expression is one. */
export interface Judge {
  test(answer: string): boolean;
}

const DIGITS = new Map([..."零一二三四五六七八九"].map((digit, value) => [digit, value]));
DIGITS.set("〇", 0).set("两", 2);
const UNITS = new Map([
  ["十", 10],
  ["百", 100],
  ["千", 1000],
]);
/** Words in which a numeral is none, and an order, which is no number of things. */
const NO_NUMBER =
  /一(?=[共定样起般下直点些边])|十(?=[分字])|第[\d一二三四五六七八九十百]+|三(?=角)|四(?=[川季])|万一/gu;
const NUMBER = /\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+/gu;

/** The number that numerals such as 十二, 两百零五 or 一一九 say. */
export function numeralValue(numerals: string): number {
  const characters = [...numerals];
  if (!characters.some((character) => UNITS.has(character)))
    return Number(characters.map((character) => DIGITS.get(character)).join(""));
  let [total, digit] = [0, undefined as number | undefined];
  for (const character of characters) {
    const unit = UNITS.get(character);
    if (unit === undefined) digit = DIGITS.get(character);
    else {
      // The ten of 十二 has no digit before it.
      total += (digit ?? 1) * unit;
      digit = undefined;
    }
  }
  return total + (digit ?? 0);
}

/** All numbers of a text, in figures and in words. */
export function numbersOf(text: string): number[] {
  return (text.replaceAll(NO_NUMBER, "").match(NUMBER) ?? []).map((found) =>
    /\d/u.test(found) ? Number(found) : numeralValue(found),
  );
}

/** An answer is right whose last number is this one: a sum may be said with its parts before it. */
export function lastNumber(right: number): Judge {
  return { test: (answer) => numbersOf(answer).at(-1) === right };
}

/** An answer is right that names this number, and no other that the question has not. */
export function onlyNumber(question: string, right: number): Judge {
  const given = new Set(numbersOf(question));
  return {
    test: (answer) => {
      const said = new Set(numbersOf(answer).filter((number) => !given.has(number)));
      return said.size === 1 && said.has(right);
    },
  };
}

/**
 * An answer is right in which one of these words stands, not denied, and none that would be wrong.
 * @param right alternatives of a regular expression, with what must not stand beside a word where it is only a part of another
 * @param wrong the same of words that spoil it
 */
export function says(right: string, wrong?: string): Judge {
  const refused = wrong === undefined ? "" : `(?!.*(?:${wrong}))`;
  return new RegExp(`^${refused}.*(?<!不(?:是|叫|在|用|会|能|吃|去)?)(?:${right})`, "su");
}
