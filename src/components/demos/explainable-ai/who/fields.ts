import { ATTRIBUTION_RANGES } from "../../../../engine/experiments/attribution-settings.ts";
import { choice, integer, seed, setting, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { FINDERS } from "./finders.ts";
import { CHARACTER, TIMES } from "./plant.ts";

/** Characters of the reader's own; the planted ones come on top. */
const MAX_TEXT = 22;

/** What the reader can set. */
export const fields = {
  text: text({
    label: "一句话",
    initial: "房间又小又吵",
    maxLength: MAX_TEXT,
    placeholder: "菜凉了也没人管",
    validate: writtenProblem,
  }),
  times: choice({ label: `「${CHARACTER}」放几处`, initial: "once", options: named(TIMES) }),
  place: integer({
    label: `放在第几个字后面`,
    initial: 2,
    min: 0,
    max: MAX_TEXT,
    hint: "0 是句首；比一句话还长，就是句末。放两处时，另一处在句末",
  }),
  steps: setting(ATTRIBUTION_RANGES.steps, { initial: 32, scale: "log", unit: "步" }),
  samples: setting(ATTRIBUTION_RANGES.samples, {
    initial: 60,
    max: 2048,
    scale: "log",
    label: "LIME 和 KernelSHAP 抽几句",
    unit: "句",
  }),
  seed: seed(1),
  /** The row that is looked at. */
  finder: choice({ initial: "gradient", values: FINDERS }),
};

export const VIEWS = ["finder"] as const;
