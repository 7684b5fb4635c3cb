/** Asks the reader before the page is closed while `open` says that a run would be lost with it. Returns what ends that; for `onMount`. */
export function askBeforeLeaving(open: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (open()) event.preventDefault();
  };
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
}
