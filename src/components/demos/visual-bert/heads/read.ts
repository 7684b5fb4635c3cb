import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { type HeadFacts, PATTERNS } from "./survey.ts";

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
