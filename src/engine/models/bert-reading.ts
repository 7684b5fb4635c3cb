import { Tape } from "../tensor/tape.ts";
import { type HostTensor, ofOneText, Trace } from "../tensor/trace.ts";
import type { Bert } from "./bert.ts";
import { toInt32 } from "./token-batch.ts";
import type { EncodedText } from "./tokenizer.ts";

export interface ReadingOptions {
  /** Places whose tokens are to be guessed: where the text has `[MASK]`, or anywhere else. */
  readonly guesses?: readonly number[];
  /** Names of intermediates to return, TransformerLens style, `*` for one part: `["blocks.*.attn.pattern"]`. */
  readonly trace?: readonly string[];
}

/** What a BERT makes of a text, as far as it has the heads for it. */
export interface Reading {
  /** Logits over the vocabulary, one array for each of `guesses`; none without a masked-LM head. */
  readonly tokens: readonly Float32Array[];
  /** Logits of "the second sentence follows the first" and "it does not". */
  readonly nextSentence: Float32Array | null;
  /** Logits of the classes. */
  readonly classes: Float32Array | null;
  readonly traces: ReadonlyMap<string, HostTensor>;
}

/** Runs one text, or a pair, through all heads of the model, with one read-back. @throws EngineError `bad-input` */
export async function readText(
  model: Bert,
  { ids, segments }: Pick<EncodedText, "ids" | "segments">,
  { guesses = [], trace: names = [] }: ReadingOptions = {},
): Promise<Reading> {
  const { backend } = model.parameters;
  const tape = new Tape(backend, "off");
  const trace = new Trace(names, model.traceNames);
  try {
    const batch = { ids: toInt32(ids), segments: toInt32(segments), batch: 1 };
    const output = model.forward(tape, batch, trace);
    const { maskedLm, nextSentence, classes } = model.heads;
    const rows = maskedLm ? guesses : [];
    const tokens = rows.length > 0 ? model.tokenLogits(tape, output, toInt32(rows)) : null;
    const answers = [
      nextSentence ? model.nextSentenceLogits(tape, output) : null,
      classes > 0 ? model.classLogits(tape, output) : null,
    ];

    const size = model.config.vocabularySize;
    const spans = [
      ...rows.map((_, i) => ({ storage: tokens!.storage, offset: i * size, length: size })),
      ...answers
        .filter((answer) => answer !== null)
        .map(({ storage }) => ({ storage, offset: 0, length: storage.length })),
    ];
    const data = await backend.read([...spans, ...trace.spans]);
    const rest = data.slice(rows.length);
    return {
      tokens: data.slice(0, rows.length),
      nextSentence: answers[0] ? (rest.shift() ?? null) : null,
      classes: answers[1] ? (rest.shift() ?? null) : null,
      traces: ofOneText(trace.tensors(rest)),
    };
  } finally {
    tape.dispose();
  }
}
