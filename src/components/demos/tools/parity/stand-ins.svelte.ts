import type { ModelInfo } from "../../../../engine/worker.ts";
import type { StandIn } from "../../../kit/run/demo-run.svelte.ts";
import { shippedModel } from "../../../kit/run/shipped-model.ts";

/** Another model of the site, which is read in the place of the classifier. */
function another(id: string): StandIn {
  let loaded: ModelInfo | undefined = $state.raw();
  return {
    label: shippedModel(id),
    get model() {
      return loaded;
    },
    async load({ engine, signal, onProgress }) {
      loaded = await engine.load(id, { signal, onProgress });
      return loaded;
    },
  };
}

/** By the model of a row; the classifier needs none. */
export const STAND_INS: Readonly<Record<string, StandIn>> = {
  "gpt-zh": another("gpt-zh"),
  "bert-zh": another("bert-zh"),
};
