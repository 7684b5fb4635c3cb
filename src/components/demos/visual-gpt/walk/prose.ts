import { plainKey } from "../../../kit/controls/plain-key.ts";
import { splitHash } from "../../../kit/state/hash-state.ts";
import { IDS, type StationId } from "./stations.ts";

/** The station to which a link of the text leads; undefined for other links. */
export function stationOfLink(link: Pick<HTMLAnchorElement, "hash">): StationId | undefined {
  const written = splitHash(link.hash).params.get("walk.station");
  return IDS.find((id) => id === written);
}

/** Marks the words of the text that speak of a station. */
export function lightWords(station: StationId): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href*="walk.station="]')) {
    link.toggleAttribute("data-lit", stationOfLink(link) === station);
  }
}

/** A word of the text that speaks of a station. */
export interface PointedWord {
  readonly station: StationId;
  readonly link: HTMLAnchorElement;
}

/** Tells at which word the reader points, or which has the focus; nothing once it is left, or Escape is pressed. Returns what ends that. */
export function onWordsPointedAt(tell: (word: PointedWord | undefined) => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const listen = ({ target }: Event): void => {
    const link = target instanceof Element ? target.closest("a") : null;
    const station = link ? stationOfLink(link) : undefined;
    tell(link && station ? { station, link } : undefined);
  };
  document.addEventListener("pointerover", listen, { signal });
  document.addEventListener("focusin", listen, { signal });
  document.addEventListener("keydown", (event) => plainKey(event) === "Escape" && tell(undefined), { signal });
  return () => ending.abort();
}
