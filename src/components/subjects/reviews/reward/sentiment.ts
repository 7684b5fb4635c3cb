import type { EngineCalls } from "../../../../engine/client.ts";
import { EngineError } from "../../../../engine/errors.ts";
import { maxOf } from "../../../../engine/statistics.ts";
import { JUDGE } from "../models.ts";

/**
 * What the built-in reward says of texts: the sentiment model's probability of "good".
 * @throws EngineError as `EngineClient.load` and `readTexts`
 */
export async function sentimentsOf(
  texts: readonly string[],
  engine: Pick<EngineCalls, "load" | "encode" | "readTexts">,
): Promise<number[]> {
  const model = await engine.load(JUDGE);
  const { config, contextLength } = model;
  const good = config.architecture === "bert" ? config.classNames.indexOf("good") : -1;
  if (good < 0) throw new EngineError("unsupported-model", `${JUDGE} 没有 good 这一类`);
  const encoded = await Promise.all(texts.map((text) => engine.encode(JUDGE, text)));
  const readings = await engine.readTexts(
    JUDGE,
    encoded.map(({ ids, segments }) => ({
      ids: ids.slice(0, contextLength),
      segments: segments.slice(0, contextLength),
    })),
  );
  return readings.map(({ classes }) => {
    const logits = classes ?? new Float32Array();
    const largest = maxOf(logits);
    const weights = Array.from(logits, (logit) => Math.exp(logit - largest));
    return weights[good]! / weights.reduce((sum, weight) => sum + weight, 0);
  });
}
