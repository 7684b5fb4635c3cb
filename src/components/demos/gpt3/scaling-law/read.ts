import { EngineError } from "../../../../engine/errors.ts";
import type { UnknownCharacter } from "../../../../engine/files/tokenizer.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { choice, flag, type StateOf, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";

/** The family by its roles, the smallest first; `largest` is the one that was held out. */
export const MODELS = {
  first: "scale-90k",
  second: "scale-140k",
  third: "scale-300k",
  fourth: "scale-600k",
  largest: "scale-950k",
} as const;
type Role = keyof typeof MODELS;
const ROLES = Object.keys(MODELS) as readonly Role[];

/** Characters of a text: with the token before it, it fits into the context of 128. */
const LONGEST = 120;

export const fields = {
  text: text({
    initial:
      "星期六下午，妈妈带我去新开的图书馆。二楼靠窗的位置很安静，我借了一本讲海洋的书，一直看到天黑才回家。路上我问妈妈：“鲸鱼也会做梦吗？”妈妈想了想，说她也不知道。",
    maxLength: LONGEST,
    label: "你的文字",
    validate: writtenProblem,
  }),
  largest: flag({ initial: true, label: "连最大的一个也量" }),
  axis: choice({
    initial: "parameters",
    label: "横轴",
    options: named({ parameters: "参数", compute: "计算量" }),
  }),
};
export type Axis = (typeof fields.axis)["initial"];

/** What a model loses on the text, in nats per character that it knows. */
export interface OwnLoss {
  readonly model: string;
  readonly parameters: number;
  readonly loss: number;
}

export interface Reading {
  readonly text: string;
  /** Of the models that have read it so far. */
  readonly losses: readonly OwnLoss[];
  readonly unknown: readonly UnknownCharacter[];
}

// #region read
/** Has one model after the other read a text from its beginning on. @returns after each all that has come so far */
export async function* readWith(
  context: WorkContext<Role>,
  { text, largest }: Pick<StateOf<typeof fields>, "text" | "largest">,
): AsyncGenerator<Reading, void, undefined> {
  const { engine } = context;
  let losses: readonly OwnLoss[] = [];
  for (const role of ROLES) {
    if (role === "largest" && !largest) continue;
    const { id, report } = context[role];
    const [begin, { ids, unknown }] = [await engine.encode(id, "[END]"), await engine.encode(id, text)];
    const logProbs = await engine.logProbs(id, begin.ids, ids);
    const missing = new Set((await engine.encode(id, "[UNK]")).ids);
    const known = logProbs.filter((_, i) => !missing.has(ids[i] ?? -1));
    if (known.length === 0) throw new EngineError("bad-input", "这些字都不在词表里，换一段文字");
    if (report.parameters === null) throw new EngineError("unsupported-model", `不知道 ${id} 有多少参数`);
    const loss = -known.reduce((sum, logProb) => sum + logProb, 0) / known.length;
    losses = [...losses, { model: id, parameters: report.parameters, loss }];
    yield { text, losses, unknown };
  }
}
// #endregion
