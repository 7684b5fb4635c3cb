import type { WorkContext } from "../../../kit/figure/types.ts";
import { type StateOf, text } from "../../../kit/state/fields.ts";
import { unknownSentence } from "../../../subjects/sentences/unknown.ts";
import { questionField } from "../asking.ts";
import { givenText } from "../talk/conversation.ts";
import { measureField } from "./ask.ts";
import { type Watched, watch } from "./watch.ts";

export const fields = {
  question: text({ ...questionField, initial: "下雨天出门要带什么？", label: "你的问题" }),
  measure: measureField,
};

/** The reader's question with its answer. */
export interface Own {
  readonly watched: Watched;
  /** What the model could not read. */
  readonly remark: string;
}

export async function askOwn(
  { engine, model }: WorkContext,
  { question }: Pick<StateOf<typeof fields>, "question">,
): Promise<Own> {
  const { unknown } = await engine.encode(model.id, givenText(question));
  return { watched: await watch(engine, model, question), remark: unknownSentence(unknown) };
}
