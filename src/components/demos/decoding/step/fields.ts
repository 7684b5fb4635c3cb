import type { StageName } from "../../../../engine/decoding/pipeline.ts";
import { DEFAULT_SETTINGS, GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import { choice, seed, settingFields, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";

const filterFields = settingFields(GENERATION_RANGES, DEFAULT_SETTINGS, {
  repetitionPenalty: { min: 1, max: 2, step: 0.05 },
  noRepeatNgramSize: { label: "不重复 n 元组", max: 4 },
  temperature: { max: 2, step: 0.05 },
  topK: { initial: 50, max: 200 },
  topP: { initial: 0.9, step: 0.01 },
});

type FilterName = Exclude<StageName, "model">;

/** One filter: its field, what is said while it is off, and whether only a decoder that draws looks at it. */
interface Filter {
  readonly name: FilterName;
  readonly key: keyof typeof filterFields;
  readonly off: string;
  readonly draws: boolean;
}

/** All filters in the order of `generate()`. */
export const FILTERS: readonly Filter[] = [
  { name: "repetition-penalty", key: "repetitionPenalty", off: "1 = 关：写过的字不吃亏。", draws: false },
  { name: "no-repeat-ngram", key: "noRepeatNgramSize", off: "0 = 关：同样的字可以再连着出现。", draws: false },
  { name: "temperature", key: "temperature", off: "1 = 不变。", draws: true },
  { name: "top-k", key: "topK", off: "0 = 关：不限个数。", draws: true },
  { name: "top-p", key: "topP", off: "1 = 关：不限概率。", draws: true },
];

/** Everything that the reader can set in this demo. */
export const fields = {
  ...promptFields,
  // A place at which few characters stand for choice, and the filters cut among them: the first of a poem could be almost any.
  form: choice({ ...promptFields.form, initial: "五绝" }),
  opening: text({ ...promptFields.opening, initial: "春眠不觉" }),
  ...filterFields,
  mode: choice({ initial: "sample", label: "解码器怎么选", options: named({ sample: "抽一个", greedy: "取最大的" }) }),
  seed: seed(42),
  /** The filter whose work is shown, or all of them together. */
  show: choice<FilterName | "all">({ initial: "all", values: ["all", ...FILTERS.map(({ name }) => name)] }),
  // The tokens behind the prompt, so that a link leads to the same place.
  path: text({ initial: "", maxLength: 600 }),
};

/** All but the prompt holds for the walk that goes on. */
export const VIEWS = (Object.keys(fields) as (keyof typeof fields)[]).filter((key) => !(key in promptFields));
