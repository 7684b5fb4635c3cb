import { greedyToken } from "../../../engine/decoding/greedy.ts";
import { drawToken } from "../../../engine/decoding/multinomial.ts";
import { lastStage, type Stages } from "../../../engine/decoding/pipeline.ts";
import type { GenerationSettings } from "../../../engine/decoding/settings.ts";
import { softmax } from "../../../engine/decoding/softmax.ts";
import { Random } from "../../../engine/random.ts";

/**
 * The token that the decoder chooses at `position` (tokens behind the prompt so far): the likeliest, or the one that `sample()` draws
 * there with the same seed. It takes one random number for each token, so the lot of a position does not depend on the way to it:
 * going back and asking again gives the same answer.
 */
export function decide(stages: Stages, { doSample, seed }: GenerationSettings, position: number): number {
  const { logits } = lastStage(stages);
  if (!doSample) return greedyToken(logits);
  const random = new Random(seed).fork();
  for (let i = 0; i < position; i++) random.uint32();
  return drawToken(softmax(logits), random);
}
