import type { BeamStep, Hypothesis } from "../../../../engine/decoding/beam.ts";
import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { encodePrompt, MODEL } from "../../../subjects/poems/poem-tables.ts";
import { type GreedyText, greedyText } from "./greedy.ts";

/** A search as far as it has got. */
export interface Search {
  readonly prompt: PoemPrompt;
  readonly settings: GenerationSettings;
  readonly steps: readonly BeamStep[];
  /** The n-best list, best first; `null` until the search is over. */
  readonly hypotheses: readonly Hypothesis[] | null;
  /** What greedy decoding writes instead; `null` until it is computed. */
  readonly greedy: GreedyText | null;
}

/** Runs beam searches, one at a time, and keeps what the last one found. */
export class BeamSearcher {
  readonly run = new DemoRun(MODEL);
  search: Search | undefined = $state.raw();

  /** @param settings without the end token, which is the model's */
  start(prompt: PoemPrompt, settings: Omit<GenerationSettings, "endId">): Promise<void> {
    return this.run.start(async ({ engine, model, signal }) => {
      const own = { ...settings, endId: model.endId };
      const show = (change: Partial<Search>): void => {
        if (this.search) this.search = { ...this.search, ...change };
      };
      try {
        const ids = await encodePrompt(engine, prompt);
        this.search = { prompt, settings: own, steps: [], hypotheses: null, greedy: null };
        const steps: BeamStep[] = [];
        for await (const event of engine.beamSearch(MODEL, ids, own)) {
          if (event.type === "step") steps.push(event);
          show(event.type === "step" ? { steps: [...steps] } : { hypotheses: event.hypotheses });
        }
        const tree = await engine.tree(MODEL);
        try {
          const greedy = await greedyText(tree, ids, model.contextLength, own, signal);
          if (!signal.aborted) show({ greedy });
        } finally {
          await tree.dispose();
        }
      } catch (error) {
        if (!signal.aborted) this.search = undefined;
        throw error;
      }
    });
  }

  /** Forgets everything; a run that still goes on changes nothing any more. */
  clear(): void {
    this.run.cancel();
    this.search = undefined;
  }
}
