import type { Range as EngineRange } from "../../../engine/ranges.ts";
import { type ScaleKind, snap } from "../controls/scale.ts";
import { SEED_MAX } from "../controls/seed.ts";
import { taken } from "../text/unseen.ts";

/**
 * What the reader can set, declared once: its kind, limits and words. From a field come its control (`Controls`) and how it stands in the URL
 * (`hashState`), so that a link sets what the control sets, and nothing else. A field without a label is set in other ways, as by a click in the
 * figure, and has no control.
 */

/** How one value is written to and read from a URL. */
export interface Field<T> {
  readonly initial: T;
  /** The value that `text` stands for, moved to what is allowed; `undefined` when it stands for none. */
  decode(text: string): T | undefined;
  encode(value: T): string;
}

/** The fields of one demo, by key. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The state that belongs to a set of fields. */
export type StateOf<F extends Fields> = { -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A number on a slider; like every field with a control, it carries the control's properties: `<Slider {...field} bind:value />`. */
export interface SliderField extends Field<number> {
  readonly kind: "slider";
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** The grid of its values, counted from `min`. */
  readonly step: number;
  readonly scale?: ScaleKind;
  readonly unit?: string;
  readonly hint?: string;
}

export interface Option<T> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

export interface ChoiceField<T extends string | number> extends Field<T> {
  readonly kind: "choice";
  readonly label: string;
  readonly options: readonly Option<T>[];
}

export interface WrittenField extends Field<string> {
  readonly kind: "text";
  readonly label: string;
  /** In characters (code points). */
  readonly maxLength: number;
  readonly placeholder?: string;
  /** A sentence that says what is wrong, or `undefined`. */
  readonly validate?: (value: string) => string | undefined;
}

export interface ToggleField extends Field<boolean> {
  readonly kind: "toggle";
  readonly label: string;
}

export type DrawnField = SliderField | ChoiceField<string | number> | WrittenField | ToggleField;

/** The keys of those fields that have a control. */
export type DrawnKey<F extends Fields> = { [K in keyof F]: F[K] extends { label: string } ? K : never }[keyof F] &
  string;

interface NumberOptions {
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}

/** What a slider is, without the field that it may belong to. */
export type SliderControl = Omit<SliderField, "kind" | keyof Field<number>>;

type SliderOptions = SliderControl & { readonly initial: number };

/** A number in `[min, max]`, on the grid of `step` if it has one; with a label it has a slider. @throws RangeError for an initial value that is not */
export function number(options: SliderOptions): SliderField;
export function number(options: NumberOptions): Field<number>;
export function number(options: NumberOptions): Field<number> {
  const { initial, min, max, step } = options;
  const allowed = (value: number): number =>
    step === undefined ? Math.min(max, Math.max(min, value)) : snap(value, { min, max, step });
  if (allowed(initial) !== initial) throw new RangeError(`${initial} is not in ${min}…${max} by ${step}`);
  const field = {
    ...options,
    kind: "slider",
    decode: (text: string) => {
      const value = Number(text);
      return text.trim() === "" || !Number.isFinite(value) ? undefined : allowed(value);
    },
    encode: (value: number) => String(Number(value.toPrecision(6))),
  };
  return field;
}

/** A whole number in `[min, max]`; a fraction is rounded. With a label it has a slider. Errors as `number`. */
export function integer(options: Omit<SliderOptions, "step"> & { readonly step?: number }): SliderField;
export function integer(options: NumberOptions): Field<number>;
export function integer(options: NumberOptions): Field<number> {
  return number({ step: 1, ...options });
}

/** The seed of a demo's random numbers, for `DemoFrame`. */
export function seed(initial: number): Field<number> {
  return integer({ initial, min: 0, max: SEED_MAX });
}

/** Of a number that the engine checks. */
type SettingOptions = Partial<SliderControl> & { readonly initial: number };

/**
 * A number that the engine checks, with a slider. Its limits and, if it has none of its own, its label are those of the engine's `range`; limits
 * may be narrower where more makes no sense to look at.
 *
 * @param options `step` is 1 for a whole number, and must be given for others
 * @throws RangeError for limits or steps that the engine would refuse: as pages are rendered during the build, it fails then
 */
export function setting(range: EngineRange, options: SettingOptions): SliderField {
  const { min = range.min, max = range.max, step = range.whole ? 1 : 0 } = options;
  if (!(min >= range.min && max <= range.max && Number.isFinite(max) && step > 0)) {
    throw new RangeError(
      `${range.name}: ${min}…${max} by ${step} is not within the engine's ${range.min}…${range.max}`,
    );
  }
  if (range.whole && !(Number.isInteger(min) && Number.isInteger(step))) {
    throw new RangeError(`${range.name}: ${min}, ${min + step} are not whole`);
  }
  return number({ label: range.name, ...options, min, max, step });
}

/** `setting` for several settings of an experiment: with the engine's `ranges`, each beginning at its default unless it says otherwise. */
export function settingFields<Key extends string>(
  ranges: Readonly<Record<NoInfer<Key>, EngineRange>>,
  defaults: Readonly<Record<NoInfer<Key>, number>>,
  options: Readonly<Record<Key, Partial<SettingOptions>>>,
): Readonly<Record<Key, SliderField>> {
  const fields = (Object.keys(options) as Key[]).map((key) => [
    key,
    setting(ranges[key], { initial: defaults[key], ...options[key] }),
  ]);
  // Object.fromEntries forgets the keys; they are those of the options.
  return Object.fromEntries(fields) as Record<Key, SliderField>;
}

interface ChoiceOptions<T> {
  readonly initial: NoInfer<T>;
  readonly values: readonly T[];
}

/** One of a few values: those of its `options`, with a control, or mere `values`. */
export function choice<const T extends string | number>(
  options: Omit<ChoiceField<T>, "kind" | "initial" | "decode" | "encode"> & { readonly initial: NoInfer<T> },
): ChoiceField<T>;
export function choice<const T extends string | number>(options: ChoiceOptions<T>): Field<T>;
export function choice<const T extends string | number>(
  options: { readonly initial: T } & ({ readonly options: readonly Option<T>[] } | { readonly values: readonly T[] }),
): Field<T> {
  const values = "values" in options ? options.values : options.options.map(({ value }) => value);
  const field = {
    ...options,
    kind: "choice",
    decode: (text: string) => values.find((value) => String(value) === text),
    encode: String,
  };
  return field;
}

/** A text of at most `maxLength` characters (code points); longer ones are cut, and so is what cannot be seen. With a label it has a control. */
export function text(options: Omit<WrittenField, "kind" | "decode" | "encode">): WrittenField;
export function text(options: { readonly initial: string; readonly maxLength: number }): Field<string>;
export function text(options: { readonly initial: string; readonly maxLength: number }): Field<string> {
  const field = {
    ...options,
    kind: "text",
    decode: (value: string) => taken(value, options.maxLength).kept,
    encode: (value: string) => value,
  };
  return field;
}

/** A switch; with a label it has a control. */
export function flag(options: Omit<ToggleField, "kind" | "decode" | "encode">): ToggleField;
export function flag(options: { readonly initial: boolean }): Field<boolean>;
export function flag(options: { readonly initial: boolean }): Field<boolean> {
  const field = {
    ...options,
    kind: "toggle",
    decode: (value: string) => (value === "1" ? true : value === "0" ? false : undefined),
    encode: (value: boolean) => (value ? "1" : "0"),
  };
  return field;
}

/** The settings of an experiment: its `defaults`, with what the reader has set in their place. What else there is among his `values` is left out. */
export function settingsFrom<Settings extends object>(
  defaults: Settings,
  values: Readonly<Partial<Settings>>,
): Settings {
  const entries = Object.entries(defaults).map(([key, value]) => [key, values[key as keyof Settings] ?? value]);
  // Object.fromEntries forgets the keys; they are those of the defaults.
  return Object.fromEntries(entries) as Settings;
}
