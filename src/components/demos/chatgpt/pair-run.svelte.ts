import type { EngineClient } from "../../../engine/client.ts";
import type { ModelInfo } from "../../../engine/worker.ts";
import type { ModelLabel } from "../../kit/frame/types.ts";
import { DemoRun } from "../../kit/run/demo-run.svelte.ts";
import { shippedModel } from "../../kit/run/shipped-model.ts";
import { BASE, CHAT, type Player } from "./chapter-models.ts";

/** What a run of both models works with. */
export interface PairContext {
  readonly engine: EngineClient;
  readonly models: Readonly<Record<Player, ModelInfo>>;
  readonly signal: AbortSignal;
}

/** The life of a demo that runs the base model and the tuned one (see `DemoRun`). */
export class PairRun extends DemoRun {
  #chat: ModelInfo | undefined = $state.raw();

  constructor() {
    super(BASE);
  }

  /** Both models as `DemoFrame` names them. */
  get label(): ModelLabel {
    const labels = [shippedModel(BASE), shippedModel(CHAT)];
    return {
      id: BASE,
      title: labels.map(({ title }) => title).join("、"),
      bytes: labels.reduce((sum, { bytes }) => sum + bytes, 0),
      loaded: this.model !== undefined && this.#chat !== undefined,
    };
  }

  /** The loaded models, once both are there. */
  get models(): PairContext["models"] | undefined {
    return this.model && this.#chat && { base: this.model, chat: this.#chat };
  }

  /** Loads both models if need be, then works. Resolves when the run is over, in whatever way. */
  startPair(work: (context: PairContext) => Promise<void>): Promise<void> {
    return this.start(async ({ engine, model, signal }) => {
      if (!this.#chat) {
        this.state = "loading";
        const chat = await engine.load(CHAT, {
          signal,
          onProgress: (progress) => {
            if (!signal.aborted) this.progress = progress;
          },
        });
        if (signal.aborted) return;
        this.#chat = chat;
        this.state = "running";
      }
      await work({ engine, models: { base: model, chat: this.#chat }, signal });
    });
  }
}
