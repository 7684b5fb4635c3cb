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

/** Tells which station the words speak of that the reader points at, or that have the focus. Returns what ends that. */
export function onWordsPointedAt(tell: (station: StationId | undefined) => void): () => void {
  const listen = ({ target }: Event): void => {
    const link = target instanceof Element ? target.closest("a") : null;
    tell(link ? stationOfLink(link) : undefined);
  };
  document.addEventListener("pointerover", listen);
  document.addEventListener("focusin", listen);
  return () => {
    document.removeEventListener("pointerover", listen);
    document.removeEventListener("focusin", listen);
  };
}
