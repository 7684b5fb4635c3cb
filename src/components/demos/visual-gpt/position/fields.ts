import { integer, seed, text } from "../../../kit/state/fields.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { MAX_TOKENS } from "../own/encode.ts";
import { MOST, whose } from "../own/whose.ts";

/** What the reader can set. Layers and heads are counted from 1; token 0 is the last. */
export const fields = {
  model: whose,
  text: text({
    label: "一段话",
    initial: "星期天，妈妈带我去公园玩。公园里有很多花。",
    maxLength: 40,
    validate: writtenProblem,
  }),
  shift: integer({ label: "平移", initial: 30, min: 1, max: 200, unit: "个位置" }),
  layer: integer({ label: "层", initial: 5, min: 1, max: MOST.layers }),
  head: integer({ label: "头", initial: 1, min: 1, max: MOST.heads }),
  token: integer({ initial: 0, min: 0, max: MAX_TOKENS }),
  seed: seed(1),
};

export const VIEWS = ["layer", "head", "token"] as const;
