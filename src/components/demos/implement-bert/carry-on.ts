import { withBase } from "../../../site.ts";
import type { Fields, StateOf } from "../../kit/state/fields.ts";
import { formatHash } from "../../kit/state/hash-state.ts";

const CHAPTER = "/gpt-bert/implement-bert/";

/** The links of the page that lead to the chapter's pages, and to no place on them. */
export function waysOn(): HTMLAnchorElement[] {
  const chapter = withBase(CHAPTER);
  return [...document.querySelectorAll("a")].filter(
    ({ origin, pathname, hash }) => origin === location.origin && pathname.startsWith(chapter) && hash === "",
  );
}

/** Puts what is set of a demo into the addresses of links, as that demo stands on the pages where they lead, too. */
export function carryOn<F extends Fields>(
  ways: readonly HTMLAnchorElement[],
  name: string,
  fields: F,
  state: StateOf<F>,
): void {
  const hash = formatHash("", name, fields, state);
  for (const way of ways) way.hash = hash;
}
