import { onMount } from "svelte";
import { areStored } from "../run/stored.ts";
import { mentionsDemo } from "../state/hash-state.ts";

interface Receiver {
  /** `data-demo` */
  readonly name: () => string;
  /** Models whose weights have to be here before something is computed that nobody asked for. */
  readonly models: () => readonly string[];
  /** Computes what the link has set, for a demo that does so by itself; undefined where nothing is to be computed by now. */
  readonly compute: () => (() => void) | undefined;
}

/** Whether the address says something of a demo, so that somebody has sent it; what it brings is shown at once where that is quick and needs no download. */
export class Received {
  something = $state(false);

  /** Make it while the frame is being initialised. */
  constructor({ name, models, compute }: Receiver) {
    onMount(() => {
      this.something = mentionsDemo(location.hash, name());
      if (this.something && compute()) void this.#follow(models(), compute);
    });
  }

  async #follow(models: readonly string[], compute: Receiver["compute"]): Promise<void> {
    if (await areStored(models)) compute()?.();
  }
}
