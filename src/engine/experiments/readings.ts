import type { Random } from "../random.ts";
import type { TextPair } from "./seq2seq-settings.ts";

const DIGITS = [..."零一二三四五六七八九"];
const PLACES = ["", "十", "百", "千"];
/** Of the groups of four digits, from the right. */
const GROUPS = ["", "万", "亿"];

// #region read-number
/**
 * How a number is read in Chinese: 1005 → 一千零五. Groups of four digits, each with its name; zeros in a row are one 零, those at the end of a
 * group none (the rule of the primary school). A 2 is always 二.
 *
 * @param digits one to twelve, the first no zero unless it is the only one
 */
export function readNumber(digits: string): string {
  if (Number(digits) === 0) return DIGITS[0]!;
  const groups = Math.ceil(digits.length / 4);
  let read = "";
  for (let i = 0; i < groups; i++) {
    const end = digits.length - 4 * (groups - 1 - i);
    const group = Number(digits.slice(Math.max(0, end - 4), end));
    if (group === 0) continue;
    // A group that begins with a zero, or follows one that was passed over, is joined by one 零.
    const joined = read !== "" && group < 1000;
    read += `${joined ? DIGITS[0] : ""}${readGroup(group, read === "")}${GROUPS[groups - 1 - i]}`;
  }
  return read;
}

/** @param first nothing stands before it: then 10 to 19 begin with 十 */
function readGroup(group: number, first: boolean): string {
  if (first && group >= 10 && group < 20) return `十${group > 10 ? DIGITS[group - 10] : ""}`;
  const digits = [...String(group)].map(Number);
  let read = "";
  for (const [i, digit] of digits.entries()) {
    if (digit === 0) continue;
    const skipped = i > 0 && digits[i - 1] === 0;
    read += `${skipped ? DIGITS[0] : ""}${DIGITS[digit]}${PLACES[digits.length - 1 - i]}`;
  }
  return read;
}
// #endregion

/** How a date is read: 2026-11-30 → 二零二六年十一月三十日. */
export function readDate(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const years = [...year].map((digit) => DIGITS[Number(digit)]).join("");
  return `${years}年${readNumber(`${Number(month)}`)}月${readNumber(`${Number(day)}`)}日`;
}

/** How a text is read, if it is a number or a date of this book's kind; undefined for anything else. */
export function readingOf(text: string): string | undefined {
  if (/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)) return readDate(text);
  return /^(0|[1-9]\d{0,11})$/.test(text) ? readNumber(text) : undefined;
}

/** Digits of the shortest number that is drawn: of shorter ones there are too few to learn from and to hold some out. */
export const SHORTEST = 3;

/**
 * Different numbers of three digits up to `digits`, and dates of the years 1900 to 2099: of each length about as many, as far as there are.
 * @param count of all together, at most
 */
export function drawReadings(random: Random, digits: number, count: number): TextPair[] {
  const kinds = digits - SHORTEST + 2;
  const below = (n: number): number => Math.floor(random.uniform() * n);
  const pairs: TextPair[] = [];
  for (let kind = 0; kind < kinds; kind++) {
    const length = SHORTEST + kind;
    const date = length > digits;
    const wanted = Math.min(Math.floor(count / kinds), date ? Number.POSITIVE_INFINITY : 9 * 10 ** (length - 1));
    const sources = new Set<string>();
    while (sources.size < wanted) sources.add(date ? drawDate(below) : drawNumber(below, length));
    for (const source of sources) pairs.push({ source, target: readingOf(source)! });
  }
  return pairs;
}

/** Digit by digit: a quarter of the later ones are zeros, as most of what is hard to read is about them. */
function drawNumber(below: (n: number) => number, length: number): string {
  const later = Array.from({ length: length - 1 }, () => (below(4) === 0 ? 0 : below(10)));
  return [1 + below(9), ...later].join("");
}

function drawDate(below: (n: number) => number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const [year, month] = [1900 + below(200), 1 + below(12)];
  // The day before the first of the next month.
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${year}-${two(month)}-${two(1 + below(days))}`;
}
