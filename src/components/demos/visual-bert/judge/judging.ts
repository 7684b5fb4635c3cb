import type { UnknownCharacter } from "../../../../engine/files/tokenizer.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { MASK } from "../../../subjects/sentences/special-tokens.ts";
import { readHidingOneMore } from "../fill-mask/hiding.ts";
import { type MaskedSentence, maskSentence } from "../fill-mask/sentence.ts";
import { oddsOfGood } from "./opinion.ts";

/** What the classifier makes of a sentence, some of whose tokens may be hidden. */
export interface Judged {
  readonly sentence: MaskedSentence;
  readonly unknown: readonly UnknownCharacter[];
  /** Log-odds of "good", in nats. */
  readonly odds: number;
  /** The same with a place hidden as well, by place. What is not measured yet is missing. */
  readonly without: ReadonlyMap<number, number>;
}

/** Judges a sentence, and then again with each token hidden that is left, some at a time. @throws EngineError as `maskSentence` */
export async function* judge(
  context: WorkContext,
  text: string,
  places: readonly number[],
): AsyncGenerator<Judged, void, undefined> {
  const { engine, model } = context;
  const encoded = await engine.encode(model.id, text);
  const maskId = model.vocabulary.indexOf(MASK);
  const sentence = maskSentence(encoded, places, { maskId, longest: model.contextLength });
  const odds = oddsOfGood(model, await engine.read(model.id, sentence));
  let judged: Judged = { sentence, unknown: encoded.unknown, odds, without: new Map() };
  yield judged;
  for await (const part of readHidingOneMore(context, sentence, maskId)) {
    const measured = part.map(({ place, reading }) => [place, oddsOfGood(model, reading)] as const);
    judged = { ...judged, without: new Map([...judged.without, ...measured]) };
    yield judged;
  }
}
