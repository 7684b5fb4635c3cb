import { DEFAULT_SETTINGS, GENERATION_RANGES, type GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { choice, integer, type StateOf, settingFields } from "../../../kit/state/fields.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";

/** When a search stops, by the word that stands in the URL. */
export const EARLY_STOPPING: Readonly<Record<"full" | "likely" | "never", GenerationSettings["earlyStopping"]>> = {
  full: true,
  likely: false,
  never: "never",
};

/** Everything that the reader can set in the beam tree. */
export const beamFields = {
  ...promptFields,
  ...settingFields(GENERATION_RANGES, DEFAULT_SETTINGS, {
    numBeams: { label: "束宽", initial: 4, unit: "条" },
    lengthPenalty: { label: "长度惩罚 α", min: -2, max: 4, step: 0.1 },
    repetitionPenalty: { min: 1, max: 2, step: 0.05 },
    noRepeatNgramSize: { label: "不重复 n 元组", max: 4 },
    maxNewTokens: { label: "最多词元数", initial: 48, max: 120, unit: "个" },
  }),
  nBest: integer({ initial: 3, min: 1, max: GENERATION_RANGES.numBeams.max, label: "给出几首（n-best）", unit: "首" }),
  early: choice({
    initial: "likely",
    label: "什么时候停",
    options: [
      { value: "full", label: "满了就停", hint: "写完的够束宽那么多首，就停。" },
      { value: "likely", label: "估计追不上就停", hint: "写完的够了，且最好的束按现在的长度算也比不过，才停。" },
      { value: "never", label: "确定了才停", hint: "写完的够了，且再怎么续也比不过，才停。" },
    ],
  }),
  // The step that is looked at; 0 for the last.
  step: integer({ initial: 0, min: 0, max: 120 }),
};

export type BeamSettings = StateOf<typeof beamFields>;
