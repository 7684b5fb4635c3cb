import { comment, link, type Mark, named } from "./html.ts";
import type { Place } from "./program.ts";

const DECLARATION = /^(?:@.*\s)?(?:fn|struct|alias|const|override|var(?:<[^>]*>)?)\s+(\w+)/gm;

/** Where the names are declared that files of WGSL have in common: they are put together before they are compiled. */
export function declaredNames(files: ReadonlyMap<string, string>): Map<string, Place[]> {
  const names = new Map<string, Place[]>();
  for (const [path, text] of files) {
    for (const [, name = ""] of text.matchAll(DECLARATION)) {
      names.set(name, [...(names.get(name) ?? []), { path, anchor: name }]);
    }
  }
  return names;
}

/**
 * Marks comments, links names to where they are declared, in this file or in the one other that has them, and gives them names of their own
 * there.
 *
 * @param hrefOf the address of a place
 */
export function markWgsl(
  path: string,
  text: string,
  declared: ReadonlyMap<string, readonly Place[]>,
  hrefOf: (place: Place) => string,
): { readonly marks: readonly Mark[]; readonly anchors: ReadonlySet<string> } {
  const marks: Mark[] = [];
  const anchors = new Set<string>();
  for (const { index, 0: word } of text.matchAll(/\/\/.*|(?<![.@])\b[A-Za-z]\w*/g)) {
    const end = index + word.length;
    if (word.startsWith("//")) marks.push(comment(index, end));
    const places = declared.get(word) ?? [];
    const own = places.find((place) => place.path === path);
    // A variable of the same name as another file's is something else.
    const isShared = /^[A-Z]/.test(word) || text[end] === "(";
    const place = own ?? (isShared && places.length === 1 ? places[0] : undefined);
    if (!place) continue;
    if (own && !anchors.has(word)) {
      anchors.add(word);
      marks.push(named(index, end, word));
    } else {
      marks.push(link(index, end, hrefOf(place)));
    }
  }
  return { marks, anchors };
}
