import { distinctN } from "../../../engine/decoding/diversity.ts";
import { graphemes } from "../../../engine/graphemes.ts";
import { missingClause } from "../sentences/unknown.ts";

/** The forms that are asked for here, quatrains of five and of seven characters a line. (The model knows 五律 and 七律, too.) */
export const FORMS = ["五绝", "七绝"] as const;
export type Form = (typeof FORMS)[number];

/** Characters in each of a form's four lines. */
export const LINE_LENGTH: Readonly<Record<Form, number>> = { 五绝: 5, 七绝: 7 };

/** What a poem is asked for with; `title` and `opening` may be empty. */
export interface PoemPrompt {
  readonly form: Form;
  readonly title: string;
  /** First characters of the poem, which the model goes on from. */
  readonly opening: string;
}

/** Most characters of a title: the model has seen none longer. */
export const MAX_TITLE = 12;
/** Most characters of an opening, punctuation included. */
export const MAX_OPENING = 16;

/** A poem, whole or as far as it got. */
export interface Poem {
  /** The opening and what the model wrote, without the end token. */
  readonly body: string;
  /** Whether the model itself ended it. */
  readonly finished: boolean;
}

/** The prompt as the model was trained on it: `[七绝]春晓[诗]春眠`. */
export function promptText({ form, title, opening }: PoemPrompt): string {
  return `[${form}]${title}[诗]${opening}`;
}

/** Tokens that a poem gets: its form, the end token, and some more, so that one who runs on is seen to. */
export function maxNewTokens({ form, opening }: PoemPrompt): number {
  return 4 * (LINE_LENGTH[form] + 1) + 8 - [...opening].length;
}

const NOT_HAN = /[^\u3400-\u4dbf\u4e00-\u9fff]/u;
const NOT_VERSE = /[^\u3400-\u4dbf\u4e00-\u9fff，。]/u;

/**
 * What is wrong with a title or an opening, as a sentence for the reader; `undefined` when it can be used. An empty one can.
 *
 * @param known the model's tokens, once it is loaded; without them only what no verse contains is found
 */
export function promptProblem(
  part: "title" | "opening",
  text: string,
  known?: ReadonlySet<string>,
): string | undefined {
  const max = part === "title" ? MAX_TITLE : MAX_OPENING;
  const name = part === "title" ? "标题" : "开头";
  const length = [...text].length;
  if (length > max) return `${name}最多 ${max} 个字，现在有 ${length} 个。`;
  const allowed = part === "title" ? "汉字" : "汉字、逗号「，」和句号「。」";
  const characters = graphemes(text);
  const foreign = characters.filter((char) => (part === "title" ? NOT_HAN : NOT_VERSE).test(char));
  if (foreign.length > 0) return `${name}只能用${allowed}，不能用${quoted(foreign)}。`;
  const unknown = known ? characters.filter((char) => !known.has(char)) : [];
  return unknown.length > 0 ? `${missingClause(unknown)}，请换一个字。` : undefined;
}

function quoted(characters: readonly string[]): string {
  const different = [...new Set(characters)].map((char) => `「${char.trim() ? char : "空格"}」`);
  return different.length > 5 ? `${different.slice(0, 5).join("")}等 ${different.length} 种字` : different.join("");
}

/** The lines of a body, without punctuation. */
export function linesOf(body: string): string[] {
  return body.split(/[，。]/).filter((line) => line !== "");
}

/** Whether a poem has four lines of the form's length, ends in ，。，。 and stops there. */
export function hasForm({ body, finished }: Poem, form: Form): boolean {
  const line = `[\\u3400-\\u4dbf\\u4e00-\\u9fff]{${LINE_LENGTH[form]}}`;
  return finished && new RegExp(`^(${line}，${line}。){2}$`).test(body);
}

/** Rhyme group of a character, by its modern reading; absent for a character that has none. */
export type Finals = ReadonlyMap<string, string>;

/** @param table contents of finals.json: the characters of each rhyme group */
export function readFinals(table: Readonly<Record<string, string>>): Finals {
  return new Map(Object.entries(table).flatMap(([final, chars]) => [...chars].map((char) => [char, final] as const)));
}

/** Whether lines 2 and 4 end in two different characters that rhyme; `false` for fewer lines. */
export function hasRhyme(body: string, finals: Finals): boolean {
  const [, second, , fourth] = linesOf(body).map((line) => [...line].at(-1));
  if (second === undefined || fourth === undefined || second === fourth) return false;
  const final = finals.get(second);
  return final !== undefined && final === finals.get(fourth);
}

/** A set of lines that may now and then claim one which is not in it; `Bloom` is one. */
export interface LineSet {
  has(line: string): boolean;
  /** Lines in it. */
  readonly items: number;
  /** Share of other lines that it claims, 0–1. */
  readonly falsePositiveRate: number;
}

/** The tables that come with the model. */
export interface PoemTables {
  readonly finals: Finals;
  /** All lines that the model was trained on. */
  readonly lines: LineSet;
}

/** What is measured of one poem; `training/gptpoem/metrics.py` measures the same. */
export interface PoemMeasures {
  readonly form: boolean;
  readonly rhyme: boolean;
  /** Its lines that stand in the training set, as far as the Bloom filter knows. */
  readonly copied: readonly string[];
  readonly lineCount: number;
  /** Different pairs of neighbours within lines, by all of them; `null` where there is no pair. */
  readonly distinct2: number | null;
  /** Share of characters that stood in the poem before; `null` for an empty one. */
  readonly repeated: number | null;
}

export function measure(poem: Poem, form: Form, { finals, lines: known }: PoemTables): PoemMeasures {
  const lines = linesOf(poem.body);
  return {
    form: hasForm(poem, form),
    rhyme: hasRhyme(poem.body, finals),
    copied: lines.filter((line) => known.has(line)),
    lineCount: lines.length,
    distinct2: distinct2([poem.body]),
    repeated: repeatedShare(lines.join("")),
  };
}

/** Share of characters that have stood before; `null` for none at all. */
function repeatedShare(text: string): number | null {
  const characters = [...text];
  return characters.length === 0 ? null : 1 - new Set(characters).size / characters.length;
}

/** Distinct-2 of all bodies together; a pair never spans two lines. */
export function distinct2(bodies: readonly string[]): number | null {
  return distinctN(
    bodies.flatMap(linesOf).map((line) => [...line]),
    2,
  );
}
