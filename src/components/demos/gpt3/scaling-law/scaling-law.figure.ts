import manifest from "../../../../../public/models/manifest.json" with { type: "json" };
import { parseManifest } from "../../../../engine/files/manifest.ts";
import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { readRecord, refuseOtherWeights } from "../../../kit/figure/record.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import type { Law } from "./law.ts";
import { fields, MODELS, readWith } from "./read.ts";

const { data, provenance } = await readRecord("scaling-law");
refuseOtherWeights(provenance, parseManifest(manifest));

/** What was measured on the test set; `npm run scaling-law` has written it in this form. */
export const law = { data: data as Law, provenance };

export const reading = await buildFigure({ models: MODELS, work: (context) => readWith(context, initial(fields)) });
