import type { EngineCalls } from "../../../../engine/client.ts";
import { JsonObject, parseJson } from "../../../../engine/files/json.ts";
import type { ModelInfo } from "../../../../engine/worker.ts";
import type { Form } from "../../../subjects/poems/poem.ts";
import type { MetricId } from "./metrics.ts";

/** The metrics of real poems, where they are known. */
export type Baseline = Readonly<Partial<Record<MetricId, number>>>;

/** Where `python3 -m training evaluate` puts what it measured. */
const FILE = "evaluation.json";

/**
 * What the training measured of real poems of a form. Distinct-2 is not among it, because it depends on the number of poems.
 *
 * @returns nothing known where the model comes without an evaluation
 * @throws EngineError as `downloadFile`; `bad-file`
 */
export async function loadBaseline(
  engine: Pick<EngineCalls, "file">,
  model: ModelInfo,
  form: Form,
  signal: AbortSignal,
): Promise<Baseline> {
  if (!model.entry?.files.some(({ path }) => path === FILE)) return {};
  return readBaseline(parseJson(await engine.file(model.id, FILE, { signal }), FILE), form);
}

/** @param evaluation contents of evaluation.json */
export function readBaseline(evaluation: unknown, form: Form): Baseline {
  const root = new JsonObject(evaluation, FILE);
  const real = root.object("generated").object(`[${form}]`).object("real");
  // Of held-out poems: those the model was trained on it knows better.
  const heldOut = root.object("perplexity").object("all, without title");
  return {
    form: real.number("form"),
    rhyme: real.number("rhyme"),
    repeated: real.number("repeated_characters"),
    logProb: -Math.log(heldOut.number("per_token")),
  };
}
