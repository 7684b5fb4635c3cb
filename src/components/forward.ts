import { splitHash } from "./kit/state/hash-state.ts";

/**
 * Where the hash of an old address leads now: the page that has what it names, a heading or a demo with its settings; `undefined` where
 * that is still here, or nowhere.
 *
 * @param moved address of the page, by the id of what is there now
 */
export function forwardedTo(hash: string, moved: Readonly<Record<string, string>>): string | undefined {
  const { anchor, params } = splitHash(hash);
  if (anchor !== "") return Object.hasOwn(moved, anchor) ? moved[anchor] : undefined;
  // Settings without an anchor, as they stand in the address after a demo has been used: all are of demos that have moved, or it stays.
  const pages = [...params.keys()].map((key) => {
    const demo = key.slice(0, key.indexOf("."));
    return Object.hasOwn(moved, demo) ? moved[demo] : undefined;
  });
  return pages.includes(undefined) ? undefined : pages[0];
}
