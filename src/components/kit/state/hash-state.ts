import type { Fields, StateOf } from "./fields.ts";

/**
 * The state of every demo on a page, in one URL hash: `#<anchor>?<demo>.<key>=<value>&…`.
 *
 * The anchor stays an ordinary anchor, the rest is an ordinary query string, so `URLSearchParams` does the escaping. Only values that
 * differ from their initial value are written. Whatever cannot be read (an old link, a typing error) falls back to the initial value.
 */

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

/** What stands in all fields before the reader has set any. */
export function initial<F extends Fields>(fields: F): StateOf<F> {
  return parseState("", "", fields);
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

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone `%` is not an escape: the reader typed it, take it as it stands.
    return part;
  }
}
