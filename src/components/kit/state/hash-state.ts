/**
 * The state of every demo on a page, in one URL hash: `#<anchor>?<demo>.<key>=<value>&…`.
 *
 * The anchor stays an ordinary anchor, the rest is an ordinary query string, so `URLSearchParams` does the escaping. Only values that
 * differ from their initial value are written. Whatever cannot be read (an old link, a typing error) falls back to the initial value.
 */

/** How one value is written to and read from a URL. */
export interface Field<T> {
  readonly initial: T;
  /** The value that `text` stands for, clamped to what is allowed; `undefined` when it stands for none. */
  decode(text: string): T | undefined;
  encode(value: T): string;
}

/** The fields of one demo, by key. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The state that belongs to a set of fields. */
export type StateOf<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

interface NumberOptions {
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

/** A real number in `[min, max]`. */
export function number(options: NumberOptions): Field<number> {
  return {
    initial: options.initial,
    decode: (text) => readNumber(text, options),
    encode: (value) => String(Number(value.toPrecision(6))),
  };
}

/** A whole number in `[min, max]`; a fraction is rounded. */
export function integer(options: NumberOptions): Field<number> {
  return {
    initial: options.initial,
    decode: (text) => {
      const value = readNumber(text, options);
      return value === undefined ? undefined : Math.round(value);
    },
    encode: (value) => String(Math.round(value)),
  };
}

/** One of a few words. */
export function choice<const T extends string>(options: { initial: NoInfer<T>; values: readonly T[] }): Field<T> {
  return {
    initial: options.initial,
    decode: (text) => options.values.find((value) => value === text),
    encode: (value) => value,
  };
}

/** A text of at most `maxLength` characters (code points); longer ones are cut. */
export function text(options: { initial: string; maxLength: number }): Field<string> {
  return {
    initial: options.initial,
    decode: (value) => [...value].slice(0, options.maxLength).join(""),
    encode: (value) => value,
  };
}

/** A switch. */
export function flag(options: { initial: boolean }): Field<boolean> {
  return {
    initial: options.initial,
    decode: (value) => (value === "1" ? true : value === "0" ? false : undefined),
    encode: (value) => (value ? "1" : "0"),
  };
}

/** The anchor and the parameters of a hash; accepts it with or without `#`, and percent-escaped anchors. */
export function splitHash(hash: string): { anchor: string; params: URLSearchParams } {
  const body = hash.startsWith("#") ? hash.slice(1) : hash;
  const mark = body.indexOf("?");
  const anchor = mark < 0 ? body : body.slice(0, mark);
  return { anchor: safeDecode(anchor), params: new URLSearchParams(mark < 0 ? "" : body.slice(mark + 1)) };
}

/** Whether `hash` says anything about the demo `name`. */
export function mentionsDemo(hash: string, name: string): boolean {
  return [...splitHash(hash).params.keys()].some((key) => key.startsWith(`${name}.`));
}

/** The state of the demo `name` in `hash`; every key is present and valid, whatever the hash holds. */
export function parseState<F extends Fields>(hash: string, name: string, fields: F): StateOf<F> {
  const { params } = splitHash(hash);
  const entries = Object.entries(fields).map(([key, field]) => {
    const written = params.get(`${name}.${key}`);
    const value = written === null ? undefined : field.decode(written);
    return [key, value ?? field.initial];
  });
  // Object.fromEntries forgets which key has which type; `fields` is where both come from.
  return Object.fromEntries(entries) as StateOf<F>;
}

/**
 * `hash` with the state of the demo `name` put in, the other demos' state left alone. `anchor` replaces the anchor when given.
 * Returns `''` when nothing is left to say, otherwise a string that starts with `#`.
 */
export function formatHash<F extends Fields>(
  hash: string,
  name: string,
  fields: F,
  state: StateOf<F>,
  anchor?: string,
): string {
  const { anchor: current, params } = splitHash(hash);
  for (const key of [...params.keys()]) if (key.startsWith(`${name}.`)) params.delete(key);
  for (const [key, field] of Object.entries(fields)) {
    const written = field.encode(state[key]);
    if (written !== field.encode(field.initial)) params.set(`${name}.${key}`, written);
  }
  const query = params.toString();
  const head = encodeURIComponent(anchor ?? current);
  if (head === "" && query === "") return "";
  return query === "" ? `#${head}` : `#${head}?${query}`;
}

function readNumber(written: string, { min, max }: NumberOptions): number | undefined {
  const value = Number(written);
  if (written.trim() === "" || !Number.isFinite(value)) return undefined;
  return Math.min(max, Math.max(min, value));
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone `%` is not an escape: the reader typed it, take it as it stands.
    return part;
  }
}
