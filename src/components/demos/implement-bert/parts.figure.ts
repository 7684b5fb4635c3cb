import { parseSafetensors } from "../../../engine/files/safetensors.ts";
import { buildFigure } from "../../kit/figure/build-figure.ts";
import { countParts } from "./parts.ts";
import { MODEL } from "./snapshot.ts";

/** The parts of the model, counted in its file. */
export const parts = await buildFigure({
  models: { model: MODEL },
  work: async ({ engine }) => countParts(parseSafetensors(await engine.file(MODEL, "model.safetensors")).values()),
});
