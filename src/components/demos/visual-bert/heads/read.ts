import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { type HeadFacts, PATTERNS, surveyHeads } from "./survey.ts";

/** The reader's text, read. */
export interface ReadText extends EncodedText {
  /** One for each layer, [heads, tokens, tokens]. */
  readonly patterns: readonly HostTensor[];
}

/** All that is shown of the heads. */
export interface HeadsReading {
  readonly text: ReadText;
  /** Empty until all texts of the survey are read. */
  readonly facts: readonly HeadFacts[];
}

/** Reads one or two sentences through all heads. @param second empty: there is only one */
export async function readText({ engine, model }: WorkContext, first: string, second: string): Promise<ReadText> {
  const encoded = await engine.encode(model.id, first, second === "" ? undefined : second);
  const { traces } = await engine.read(model.id, encoded, { trace: [PATTERNS] });
  return { ...encoded, patterns: [...traces.values()] };
}

/**
 * Reads the reader's text through all heads, and the texts over which heads are measured, unless that was done before.
 * @param known what was measured
 * @param onProgress as of `surveyHeads`
 */
export async function* readHeads(
  context: WorkContext,
  { first, second }: { readonly first: string; readonly second: string },
  known: readonly HeadFacts[],
  onProgress: (done: number) => void,
): AsyncGenerator<HeadsReading, void, undefined> {
  const text = await readText(context, first.trim(), second.trim());
  yield { text, facts: known };
  if (known.length === 0) yield { text, facts: await surveyHeads(context, onProgress) };
}
