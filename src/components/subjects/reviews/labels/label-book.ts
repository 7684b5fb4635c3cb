import { inOrder, type Label, readLabel } from "./label.ts";
import { type LabelStore, storageSentence } from "./store.ts";

/** Opens the store, and calls back when another tab has changed it. */
export type OpenStore = (onForeign: () => void) => Promise<LabelStore>;

/**
 * The reader's labels: here at once, and in the browser's store as soon as it has them. Where that refuses, they stay here, and `trouble` says so.
 */
export class LabelBook {
  readonly #open: OpenStore;
  readonly #onChange: () => void;
  readonly #labels = new Map<string, Label>();
  /** Not (yet) in the store: another tab's news must not take them away. */
  readonly #unsaved = new Set<string>();
  /** Not (yet) out of the store: neither must another tab's news bring them back. */
  readonly #deleted = new Set<string>();
  #store: LabelStore | null = null;
  /** Ends with the last thing that was asked of the store: one after the other. */
  #work: Promise<void> | undefined;
  #trouble: string | undefined;

  /** @param onChange called after every change of `all` and `trouble` */
  constructor(open: OpenStore, onChange: () => void) {
    this.#open = open;
    this.#onChange = onChange;
  }

  /** In the order in which they were made. */
  get all(): Label[] {
    return inOrder(this.#labels.values());
  }

  /** Why labels are not stored, in a sentence. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Reads what was stored before; the first call opens the store. */
  load(): Promise<void> {
    this.#work ??= this.#attempt(async () => {
      this.#store = await this.#open(() => void this.#queue(() => this.#refresh()));
      await this.#refresh();
    });
    return this.#work;
  }

  /** Adds a label, or replaces the one of its id. Resolves when it is stored, or cannot be. */
  put(label: Label): Promise<void> {
    this.#labels.set(label.id, label);
    this.#unsaved.add(label.id);
    this.#deleted.delete(label.id);
    this.#onChange();
    return this.#queue(async () => {
      if (!this.#store) return;
      await this.#store.put(label);
      // It may have changed again since.
      if (this.#labels.get(label.id) === label) this.#unsaved.delete(label.id);
    });
  }

  /** Deletes labels, here and in the store. */
  delete(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#labels.delete(id);
      this.#unsaved.delete(id);
      this.#deleted.add(id);
    }
    this.#onChange();
    return this.#queue(async () => {
      await this.#store?.delete(ids);
      for (const id of ids) this.#deleted.delete(id);
    });
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#work = this.load().then(() => this.#attempt(work));
    return this.#work;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#trouble = storageSentence(error);
      this.#onChange();
    }
  }

  /** What the store holds, and what it does not hold yet. */
  async #refresh(): Promise<void> {
    if (!this.#store) return;
    const stored = (await this.#store.all()).map(readLabel).filter((label) => label !== undefined);
    for (const id of this.#labels.keys()) if (!this.#unsaved.has(id)) this.#labels.delete(id);
    for (const label of stored) {
      if (!this.#unsaved.has(label.id) && !this.#deleted.has(label.id)) this.#labels.set(label.id, label);
    }
    this.#onChange();
  }
}
