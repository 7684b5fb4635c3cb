import { getEngine } from "../../kit/run/engine.ts";
import { readWeights, type Weights } from "./parts.ts";
import { MODEL } from "./snapshot.ts";

let known: Promise<Weights> | undefined;

/** What the model's file says of its tensors; it has been downloaded already, and is read again only once. @throws EngineError as `EngineClient.file` */
export function weights(): Promise<Weights> {
  known ??= getEngine()
    .file(MODEL, "model.safetensors")
    .then(readWeights)
    .catch((error: unknown) => {
      known = undefined;
      throw error;
    });
  return known;
}
