import type { ModelInfo } from "../../../engine/worker.ts";
import type { ModelLabel } from "../frame/types.ts";
import { DemoTask, type Lifetime, type TaskContext } from "./demo-task.svelte.ts";
import { shippedModel, together } from "./shipped-model.ts";

/** What a run works with: the engine, and its models by their roles. */
export type RunContext<Role extends string = "model"> = TaskContext & Readonly<Record<Role, ModelInfo>>;

/**
 * The life of a demo that runs several models of the site: load, run, cancel, fail, run again (see `DemoTask`). Each model has a role by which
 * its work is given it: `new ModelsRun({ base: "gpt-zh", chat: "gpt-zh-chat" })`.
 */
export class ModelsRun<Role extends string> extends DemoTask {
  readonly #labels: Readonly<Record<Role, ModelLabel>>;
  readonly #label: ModelLabel;
  #loaded: Partial<Record<Role, ModelInfo>> = $state.raw({});

  /** @param files other files that the demo downloads, of the folder of each model */
  constructor(ids: Readonly<Record<Role, string>>, files?: readonly string[], lifetime?: Lifetime) {
    super(lifetime);
    const labels = Object.entries<string>(ids).map(([role, id]) => [role, shippedModel(id, files)]);
    // Object.fromEntries forgets the roles; they are those of the ids.
    this.#labels = Object.fromEntries(labels) as Record<Role, ModelLabel>;
    this.#label = together(Object.values<ModelLabel>(this.#labels));
  }

  /** The models by their roles, once all are loaded. */
  get models(): Readonly<Record<Role, ModelInfo>> | undefined {
    const all = Object.keys(this.#labels).every((role) => role in this.#loaded);
    return all ? (this.#loaded as Record<Role, ModelInfo>) : undefined;
  }

  /** With the models, their size, and whether they are loaded. */
  override get frame() {
    return { ...super.frame, model: { ...this.#label, loaded: this.models !== undefined } };
  }

  /** Loads the models if need be, then works. Resolves when the run is over, in whatever way. */
  async start(work: (context: RunContext<Role>) => Promise<void>): Promise<void> {
    await this.work(this.models ? "running" : "loading", async (context) => {
      const models = await this.#load(context);
      this.state = "running";
      await work({ ...context, ...models });
    });
  }

  async #load({ engine, signal, onProgress }: TaskContext): Promise<Readonly<Record<Role, ModelInfo>>> {
    const { bytes: total } = this.#label;
    const labels = Object.entries<ModelLabel>(this.#labels) as [Role, ModelLabel][];
    let before = 0;
    for (const [role, { id, bytes }] of labels) {
      const earlier = before;
      const loaded = await engine.load(id, {
        signal,
        onProgress: (own) => onProgress(labels.length > 1 ? { loaded: earlier + own.loaded, total } : own),
      });
      this.#loaded = { ...this.#loaded, [role]: loaded };
      before += bytes;
    }
    return this.#loaded as Record<Role, ModelInfo>;
  }
}

/** A `ModelsRun` with one model, in the role `model`: `new DemoRun("bert-zh")`. */
export class DemoRun extends ModelsRun<"model"> {
  /** @param files other files of the model's folder that the demo downloads */
  constructor(id: string, files?: readonly string[], lifetime?: Lifetime) {
    super({ model: id }, files, lifetime);
  }

  /** The model, once it is loaded. */
  get model(): ModelInfo | undefined {
    return this.models?.model;
  }
}
