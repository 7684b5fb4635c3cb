import type { ModelInfo } from "../../../../engine/worker.ts";
import type { StandIn } from "../../../kit/run/demo-run.svelte.ts";
import { shippedModel } from "../../../kit/run/shipped-model.ts";

const ID = "bert-zh";
let loaded: ModelInfo | undefined = $state.raw();

/** What is read in the place of the GPT, where that is set. */
export const bert: StandIn = {
  label: shippedModel(ID),
  get model() {
    return loaded;
  },
  async load({ engine, signal, onProgress }) {
    loaded = await engine.load(ID, { signal, onProgress });
    return loaded;
  },
};
