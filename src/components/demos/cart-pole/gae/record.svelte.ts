import type { EngineClient } from "../../../../engine/client.ts";
import { EngineError } from "../../../../engine/errors.ts";
import { CART_POLE_DEFAULTS } from "../../../../engine/experiments/cart-pole-settings.ts";
import { Random } from "../../../../engine/random.ts";
import { drawStart, STATE_SIZE } from "../../../../engine/rl/cart-pole.ts";
import { DemoTask } from "../../../kit/run/demo-task.svelte.ts";
import { getEngine } from "../../../kit/run/engine.ts";
import { type Episode, MAX_STEPS } from "./episode.ts";

/** Records episodes, one at a time. */
export class EpisodeRecorder extends DemoTask {
  /** @param take takes the episode, unless the recording was given up */
  record(seed: number, take: (episode: Episode) => void): Promise<void> {
    return this.work("running", async ({ signal }) => {
      // By the page's engine, not the task's own: an episode that is given up is still ended, and its networks are freed.
      const episode = await recordEpisode(getEngine(), seed);
      if (!signal.aborted) take(episode);
    });
  }
}

/**
 * Plays one episode of CartPole with networks that have learnt nothing, in the engine, and asks the value network about every state.
 * Of an episode that is too long to be read only the end is kept.
 */
async function recordEpisode(engine: EngineClient, seed: number): Promise<Episode> {
  const run = await engine.experiment("cart-pole", CART_POLE_DEFAULTS, seed);
  try {
    const played = await run.ask({ kind: "episode", start: drawStart(new Random(seed)), seed });
    if (played.kind !== "episode") throw new EngineError("internal", "an answer to another question");
    // The state after the last step is terminal: nothing follows it, so its value is 0 whatever the network says.
    const states = played.states.slice(0, -STATE_SIZE);
    const said = await run.ask({ kind: "values", states });
    if (said.kind !== "values") throw new EngineError("internal", "an answer to another question");
    const values = Array.from(said.values, (value) => Number(value.toFixed(3))).slice(-MAX_STEPS);
    return { rewards: values.map(() => 1), values };
  } finally {
    await run.stop();
  }
}
