import type { Label, RankingLabel, StarsLabel } from "./label.ts";
import { LabelBook } from "./label-book.ts";
import { type Merged, mergeLabels } from "./label-import.ts";
import { openLabelStore } from "./store.ts";

/** The reader's labels, for every demo of the page. */
class Labels {
  stars: readonly StarsLabel[] = $state.raw([]);
  rankings: readonly RankingLabel[] = $state.raw([]);
  /** Why they are not stored, in a sentence. */
  trouble: string | undefined = $state();
  readonly #book = new LabelBook(
    (onForeign) => openLabelStore("visible-llm-labels", onForeign),
    () => this.#show(),
  );

  /** Reads what was stored before; only the first call does something. */
  load(): void {
    void this.#book.load();
  }

  /** Adds a label, or replaces the one of its id. */
  put(label: Label): void {
    void this.#book.put(label);
  }

  /** Adds labels from elsewhere to those that are here, which stay as they are. */
  async add(coming: readonly Label[]): Promise<Merged> {
    // What was stored before belongs to what is here.
    await this.#book.load();
    const merged = mergeLabels(this.#book.all, coming);
    await Promise.all(merged.fresh.map((label) => this.#book.put(label)));
    return merged;
  }

  delete(labels: readonly Label[]): void {
    void this.#book.delete(labels.map(({ id }) => id));
  }

  #show(): void {
    const { all, trouble } = this.#book;
    this.stars = all.filter((label) => label.kind === "stars");
    this.rankings = all.filter((label) => label.kind === "ranking");
    this.trouble = trouble;
  }
}

export const labels = new Labels();
