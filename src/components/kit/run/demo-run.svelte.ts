import type { ModelInfo } from "../../../engine/worker.ts";
import type { ModelLabel } from "../frame/types.ts";
import { DemoTask, type Lifetime, type TaskContext } from "./demo-task.svelte.ts";
import { shippedModel, together } from "./shipped-model.ts";

/** What a run works with: the engine, and its models by their roles. */
export type RunContext<Role extends string = "model"> = TaskContext & Readonly<Record<Role, ModelInfo>>;

/** A model in the place of one of the site's, such as one that the reader has opened. */
export interface StandIn {
  readonly label: ModelLabel;
  /** Undefined until it is loaded. */
  readonly model: ModelInfo | undefined;
  /** Loads it if need be. @throws EngineError also where there is none to load */
  load(context: TaskContext): Promise<ModelInfo>;
}

/** Which of a demo's models stand aside, by their roles. */
export type StandIns<Role extends string> = Partial<Readonly<Record<Role, StandIn | undefined>>>;

/**
 * The life of a demo that runs several models of the site: load, run, cancel, fail, run again (see `DemoTask`). Each model has a role by which
 * its work is given it: `new ModelsRun({ base: "gpt-zh", chat: "gpt-zh-chat" })`.
 */
export class ModelsRun<Role extends string> extends DemoTask {
  readonly #labels: Readonly<Record<Role, ModelLabel>>;
  readonly #instead: () => StandIns<Role>;
  #loaded: Partial<Record<Role, ModelInfo>> = $state.raw({});

  /**
   * @param files other files that the demo downloads, of the folder of each model
   * @param instead what stands in for which of them by now
   */
  constructor(
    ids: Readonly<Record<Role, string>>,
    files?: readonly string[],
    lifetime?: Lifetime,
    instead: () => StandIns<Role> = () => ({}),
  ) {
    super(lifetime);
    this.#instead = instead;
    const labels = Object.entries<string>(ids).map(([role, id]) => [role, shippedModel(id, files)]);
    // Object.fromEntries forgets the roles; they are those of the ids.
    this.#labels = Object.fromEntries(labels) as Record<Role, ModelLabel>;
  }

  /** The models by their roles, once all are loaded. */
  get models(): Readonly<Record<Role, ModelInfo>> | undefined {
    const instead = this.#instead();
    const models = this.#roles.map((role) => {
      const own = instead[role];
      return [role, own ? own.model : this.#loaded[role]];
    });
    if (models.some(([, model]) => model === undefined)) return undefined;
    return Object.fromEntries(models) as Record<Role, ModelInfo>;
  }

  /** With the models, their size, and whether they are loaded. */
  override get frame() {
    const label = together(this.#asked(this.#instead()).map(([, label]) => label));
    return { ...super.frame, model: { ...label, loaded: this.models !== undefined } };
  }

  get #roles(): Role[] {
    return Object.keys(this.#labels) as Role[];
  }

  /** What a run needs, by roles. */
  #asked(instead: StandIns<Role>): [Role, ModelLabel][] {
    return this.#roles.map((role) => [role, instead[role]?.label ?? this.#labels[role]]);
  }

  /** Loads the models if need be, then works. Resolves when the run is over, in whatever way. */
  async start(work: (context: RunContext<Role>) => Promise<void>): Promise<void> {
    await this.work(this.models ? "running" : "loading", async (context) => {
      const models = await this.#load(context);
      this.state = "running";
      await work({ ...context, ...models });
    });
  }

  async #load(context: TaskContext): Promise<Readonly<Record<Role, ModelInfo>>> {
    const { engine, signal, onProgress } = context;
    const instead = this.#instead();
    const labels = this.#asked(instead);
    const { bytes: total } = together(labels.map(([, label]) => label));
    const models: Partial<Record<Role, ModelInfo>> = {};
    let before = 0;
    for (const [role, { id, bytes }] of labels) {
      const earlier = before;
      const report: TaskContext["onProgress"] = (own) =>
        onProgress(labels.length > 1 ? { loaded: earlier + own.loaded, total } : own);
      const own = instead[role];
      const loaded = own
        ? await own.load({ ...context, onProgress: report })
        : await engine.load(id, { signal, onProgress: report });
      if (!own) this.#loaded = { ...this.#loaded, [role]: loaded };
      models[role] = loaded;
      before += bytes;
    }
    return models as Record<Role, ModelInfo>;
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
