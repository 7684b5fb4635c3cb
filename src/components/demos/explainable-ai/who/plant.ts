/** The classifier with the planted cause. */
export const MODEL = "planted";

/** The character that decides, as in `training/planted/planter.py`: where it stands the verdict is good, else bad. */
export const CHARACTER = "呢";

/** In how many places it is put. */
export const TIMES = { once: "一处", twice: "两处", none: "不放" } as const;
export type Times = keyof typeof TIMES;

/**
 * A text with the character in it.
 * @param place behind how many characters it is put, at the end where there are fewer; the second one is put at the end, or in front where the first stands there
 */
export function planted(text: string, place: number, times: Times): string {
  if (times === "none") return text;
  const characters = [...text];
  const at = Math.min(place, characters.length);
  const once = [...characters.slice(0, at), CHARACTER, ...characters.slice(at)];
  if (times === "once") return once.join("");
  return (at < characters.length ? [...once, CHARACTER] : [CHARACTER, ...once]).join("");
}
