import { Random } from "../../../../engine/random.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { maxNewTokens, type PoemPrompt } from "../../../subjects/poems/poem.ts";
import { encodePrompt } from "../../../subjects/poems/poem-tables.ts";
import { rewardsOf } from "../leash/taste.ts";
import { type Row, rowOf, type Sample } from "./measure.ts";
import { writeTilted } from "./sample.ts";

/** From the model itself to next to no leash at all. */
export const BETAS: readonly number[] = [Number.POSITIVE_INFINITY, 1, 0.5, 0.35, 0.25, 0.2, 0.15, 0.1, 0.05];

export interface Plan {
  readonly prompt: PoemPrompt;
  readonly liked: string;
  /** Poems for each β. */
  readonly poems: number;
  readonly seed: number;
}

export interface Written {
  readonly beta: number;
  readonly samples: readonly Sample[];
}

/** The poems of one β after the other, from the tightest leash to the loosest. The i-th of every β is drawn with the same lots. */
export async function* writePoems(
  { engine, model, signal }: WorkContext,
  { prompt, liked, poems, seed }: Plan,
): AsyncGenerator<Written, void, undefined> {
  const ids = await encodePrompt(engine, prompt);
  const rewards = rewardsOf(model.vocabulary, { liked, disliked: "" });
  for (const beta of BETAS) {
    // A tree of its own for each, so that no more is kept in memory than one β needs.
    const tree = await engine.tree(model.id);
    try {
      const start = await tree.append(null, ids);
      const random = new Random(seed);
      const randoms = Array.from({ length: poems }, () => random.fork());
      const settings = { rewards, beta, maxTokens: maxNewTokens(prompt), endIds: model.endIds };
      const texts = await writeTilted(tree, start, settings, randoms, signal);
      if (signal.aborted) return;
      const samples = texts.map(({ ids: written, ...measured }) => ({
        ...measured,
        body: prompt.opening + written.map((id) => model.vocabulary[id]).join(""),
      }));
      yield { beta, samples };
    } finally {
      await tree.dispose();
    }
  }
}

/** What came of a plan, as far as it is written. */
export interface Optimised {
  readonly plan: Plan;
  /** From the tightest leash to the loosest. */
  readonly rows: readonly Row[];
}

/** Writes and measures the poems of a plan, one β after the other. Errors as of `writePoems`. */
export async function* optimise(context: WorkContext, plan: Plan): AsyncGenerator<Optimised, void, undefined> {
  let rows: readonly Row[] = [];
  for await (const { beta, samples } of writePoems(context, plan)) {
    rows = [...rows, rowOf(beta, samples, plan.prompt.form, plan.liked)];
    yield { plan, rows };
  }
}
