import { onMount } from "svelte";

/** Asks the reader before the page is closed while `open` says that a run would be lost with it. Call it while a component is being initialised. */
export function askBeforeLeaving(open: () => boolean): void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (open()) event.preventDefault();
  };
  onMount(() => {
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  });
}
