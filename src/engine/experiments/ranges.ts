import { EngineError } from "../errors.ts";

/** What a number among the settings may be. */
export interface Range {
  /** What the reader calls it. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** The settings that are numbers. */
export type NumericKey<Settings> = {
  [Key in keyof Settings]: Settings[Key] extends number ? Key : never;
}[keyof Settings] &
  string;

export type Ranges<Settings> = Readonly<Record<NumericKey<Settings>, Range>>;

/** @throws EngineError `bad-input` if a number is not one, not whole where it must be, or out of its range */
export function checkRanges<Settings>(settings: Settings, ranges: Ranges<Settings>): void {
  for (const [key, { name, min, max, whole = false }] of Object.entries<Range>(ranges)) {
    const value = settings[key as NumericKey<Settings>] as number;
    // Written so that NaN fails, too.
    const usable = value >= min && value <= max && (!whole || Number.isInteger(value));
    const wanted = `${whole ? "是整数，" : ""}在 ${min} 到 ${max} 之间`;
    if (!usable) throw new EngineError("bad-input", `${name}是 ${value}，要${wanted}`);
  }
}
