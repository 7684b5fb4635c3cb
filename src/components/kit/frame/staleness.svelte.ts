import { untrack } from "svelte";

/** How long the settings have to rest before a demo that computes by itself does: a slider is moved, a word is typed. */
const REST_MS = 250;

interface Watched {
  /** What a run would go by now, as a text; undefined for a demo that has no settings. */
  readonly asked: () => string | undefined;
  /** Whether a figure stands there before any run: it was made with the settings as they are at first. */
  readonly drawn: () => boolean;
  /** Number of the latest run, 0 for none. */
  readonly begun: () => number;
  /** Computes anew, for a demo that does so whenever a setting changes. */
  readonly compute: () => (() => void) | undefined;
}

/**
 * Whether what a demo shows was made with other settings than those that stand beside it; and if it computes by itself, that it does. Call it while a
 * component is being initialised.
 */
export class Staleness {
  #then: string | undefined = $state();
  readonly #first: string | undefined;
  readonly #asked: () => string | undefined;
  /** Whether the latest run was one that nobody pressed a button for. */
  byItself = $state(false);

  constructor({ asked, drawn, begun, compute }: Watched) {
    this.#asked = asked;
    this.#first = untrack(() => (drawn() ? asked() : undefined));
    this.#then = this.#first;
    // Of the run's whole frame, in which it comes, only the number: any other change of it begins no run.
    const number = $derived(begun());
    $effect.pre(() => {
      if (number > 0) this.#then = untrack(asked);
    });
    $effect(() => {
      // Each change of what is asked runs this again, and so begins the rest anew.
      const work = this.stale ? compute() : undefined;
      if (!work) return;
      const timer = setTimeout(() => {
        this.byItself = true;
        work();
      }, REST_MS);
      return () => clearTimeout(timer);
    });
  }

  get stale(): boolean {
    return this.#then !== undefined && this.#then !== this.#asked();
  }

  /** Nothing is shown any more, or what was there at first. */
  forget(): void {
    this.#then = this.#first;
  }
}
