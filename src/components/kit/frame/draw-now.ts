/** What draws itself only when it is seen is asked to by this event; whoever draws puts a promise into its detail. */
const EVENT = "vl-draw-now";

/** Has a part of a figure drawn when a picture is wanted, seen or not. `draw` resolves when it is. Returns what ends that; for `onMount`. */
export function drawWhenAsked(part: Element, draw: () => Promise<unknown>): () => void {
  const listen = (event: Event): void => {
    if (event instanceof CustomEvent) (event.detail as Promise<unknown>[]).push(draw());
  };
  part.addEventListener(EVENT, listen);
  return () => part.removeEventListener(EVENT, listen);
}

/** Resolves when all parts of a figure are drawn. */
export async function drawAll(figure: Element): Promise<void> {
  const drawings: Promise<unknown>[] = [];
  for (const part of figure.querySelectorAll("*")) part.dispatchEvent(new CustomEvent(EVENT, { detail: drawings }));
  await Promise.all(drawings);
}
