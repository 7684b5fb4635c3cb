import { integer, text } from "../../../kit/state/fields.ts";

/** Longest sentence, in characters; the model itself reads more. */
export const MAX_TEXT = 60;

/** How many guesses are drawn. */
export const MAX_GUESSES = 20;

const MANY = 100;

export const fields = {
  text: text({ initial: "猫坐在椅子上。", maxLength: MAX_TEXT, label: "一句话", placeholder: "猫坐在椅子上。" }),
  /** Hidden places, counted with [CLS] at 0, with dots between them. */
  masks: text({ initial: "4", maxLength: 4 * MAX_TEXT }),
  /** The hidden place that is looked at; where that is not hidden, the first one is. */
  at: integer({ initial: 0, min: 0, max: MANY }),
  k: integer({ initial: 8, min: 1, max: MAX_GUESSES, label: "前几名", unit: "个" }),
  /** 0 is the mean over all. */
  layer: integer({ initial: 0, min: 0, max: MANY }),
  head: integer({ initial: 0, min: 0, max: MANY }),
};

/** Places as a link writes them. */
export function formatPlaces(places: readonly number[]): string {
  return places.join(".");
}

/** What of a link can be understood as places. */
export function parsePlaces(written: string): number[] {
  return [...new Set(written.split(".").map(Number))].filter((place) => Number.isInteger(place) && place > 0);
}
