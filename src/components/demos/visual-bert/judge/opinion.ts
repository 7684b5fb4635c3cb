import { logOdds } from "../../../../engine/analysis/occlusion.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { Reading } from "../../../../engine/models/bert-reading.ts";
import type { ModelInfo } from "../../../../engine/worker.ts";
import type { Side } from "./sentences.ts";

/**
 * How strongly a classifier takes a text for good: ln(p / (1 − p)), in nats, below 0 where it takes it for bad.
 *
 * @throws EngineError `unsupported-model` if it has no class of that name
 */
export function oddsOfGood({ config }: Pick<ModelInfo, "config">, { classes }: Pick<Reading, "classes">): number {
  const good = config.architecture === "bert" ? config.classNames.indexOf("good") : -1;
  if (good < 0 || !classes) throw new EngineError("unsupported-model", "这个模型分不出好评和差评");
  return logOdds(classes, good);
}

/** The probability that belongs to log-odds, once all logits are divided by a temperature. */
export function probabilityAt(odds: number, temperature = 1): number {
  return 1 / (1 + Math.exp(-odds / temperature));
}

/** What it takes the text for. No temperature changes that. */
export function sideOf(odds: number): Side {
  return odds > 0 ? "good" : "bad";
}

/** The probability of what it takes the text for: 0.5 at least. */
export function confidenceAt(odds: number, temperature = 1): number {
  return probabilityAt(Math.abs(odds), temperature);
}
