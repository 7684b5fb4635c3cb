import { EngineError } from "./errors.ts";

/** What a number among the settings may be. */
export interface Range {
  /** What the reader calls it. */
  readonly name: string;
  readonly min: number;
  /** `Infinity` where nothing is too much. */
  readonly max: number;
  readonly whole?: boolean;
}

/** The settings that are numbers. */
export type NumericKey<Settings> = {
  [Key in keyof Settings]: Settings[Key] extends number ? Key : never;
}[keyof Settings] &
  string;

/**
 * What each number among the settings may be. Nothing else says so: fields of a page take their limits from here, or are narrower (`setting` in
 * `kit/state/fields.ts`).
 */
export type Ranges<Settings> = Readonly<Record<NumericKey<Settings>, Range>>;

/** @throws EngineError `bad-input` if a number is not one, not whole where it must be, infinite, or out of its range */
export function checkRanges<Settings>(settings: Settings, ranges: Ranges<Settings>): void {
  for (const [key, { name, min, max, whole = false }] of Object.entries<Range>(ranges)) {
    const value = settings[key as NumericKey<Settings>] as number;
    // Written so that NaN fails, too.
    const usable = value >= min && value <= max && (whole ? Number.isSafeInteger(value) : Number.isFinite(value));
    const within = max === Number.POSITIVE_INFINITY ? `不小于 ${min}` : `在 ${min} 到 ${max} 之间`;
    // Chinese and Latin letters keep a distance.
    const subject = /\p{Script=Han}$/u.test(name) ? name : `${name} `;
    if (!usable) throw new EngineError("bad-input", `${subject}是 ${value}，要${whole ? "是整数，" : ""}${within}`);
  }
}
