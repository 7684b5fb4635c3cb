import type { FirstFigure, Mark } from "./types.ts";

/**
 * What a demo's figure shows: at first what was computed before the page was opened, then what the reader's own run gives. It is there when the
 * server renders the page, so that the figure is in the HTML.
 */
export class Shown<Data> {
  data: Data = $state.raw()!;
  mark: Mark = $state.raw()!;
  readonly #first: FirstFigure<Data>;

  constructor(first: FirstFigure<Data>) {
    this.#first = first;
    this.reset();
  }

  /** Whether it is the reader's own. */
  get live(): boolean {
    return this.mark === "live";
  }

  /** Takes what the reader's run has given. */
  show(data: Data): void {
    this.data = data;
    this.mark = "live";
  }

  /** Shows again what was there at first. */
  reset(): void {
    this.data = this.#first.data;
    this.mark = this.#first.provenance;
  }
}
