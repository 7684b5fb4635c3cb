import type { Backend } from "../backends/backend.ts";
import { LstmSeq2Seq } from "../models/lstm-seq2seq.ts";
import {
  type GreedyOptions,
  type Seq2Seq,
  type Seq2SeqBatch,
  seq2SeqLoss,
  type Translation,
  translateGreedily,
} from "../models/seq2seq.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import { TransformerSeq2Seq } from "../models/transformer-seq2seq.ts";
import { newWeights } from "../nn/weights.ts";
import type { Random } from "../random.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { type HostTensor, Trace } from "../tensor/trace.ts";
import type { Seq2SeqSettings } from "./seq2seq-settings.ts";

/** Which of the two networks. */
export type Side = "encoder" | "decoder";

/** What the experiment needs of any of the models. */
export interface Trained {
  readonly parameters: Parameters;
  /** The traces of the states of the top layer. */
  readonly stateNames: Readonly<Record<Side, string>>;
  loss(tape: Tape, batch: Seq2SeqBatch): Tensor;
  /** [batch, length, vocabularySize] */
  logits(tape: Tape, batch: Seq2SeqBatch): Tensor;
  /** The states of the top layer at every token of the sources, or of the inputs, [batch, length, width]. */
  states(batch: Seq2SeqBatch, side: Side): Promise<HostTensor>;
  translate(source: TokenBatch, options: GreedyOptions): Promise<Translation>;
}

/** A model of the architecture that is set, from drawn weights. @throws EngineError `out-of-memory` */
export function createSeq2Seq(
  backend: Backend,
  random: Random,
  { architecture, layers, width, heads }: Seq2SeqSettings,
  vocabularySize: number,
): Trained {
  const weights = newWeights(random);
  const top = layers - 1;
  if (architecture === "transformer") {
    const sizes = { vocabularySize, width, innerWidth: 4 * width, heads };
    const config = { ...sizes, encoderLayers: layers, decoderLayers: layers, activation: "relu" as const };
    return trained(new TransformerSeq2Seq(backend, config, weights), `${top}.normalized_resid_post`);
  }
  const vocabularies = { sourceVocabularySize: vocabularySize, targetVocabularySize: vocabularySize };
  const attention = architecture === "lstm-attention";
  const config = { ...vocabularies, embeddingWidth: width, width, layers, attention };
  return trained(new LstmSeq2Seq(backend, config, weights), `lstm.${top}.hidden`);
}

function trained<Encoded>(model: Seq2Seq<Encoded> & { readonly parameters: Parameters }, state: string): Trained {
  const stateNames = { encoder: `encoder.${state}`, decoder: `decoder.${state}` };
  return {
    parameters: model.parameters,
    stateNames,
    loss: (tape, batch) => seq2SeqLoss(model, tape, batch),
    logits: (tape, { source, inputs }) => model.decode(tape, model.encode(tape, source), inputs),
    translate: (source, options) => translateGreedily(model, source, options),
    async states({ source, inputs }, side) {
      const trace = new Trace([stateNames[side]], model.traceNames);
      const tape = new Tape(model.backend, "off");
      try {
        const encoded = model.encode(tape, source, trace);
        if (side === "decoder") model.decode(tape, encoded, inputs, trace);
        const traces = trace.tensors(await model.backend.read(trace.spans));
        return traces.get(stateNames[side])!;
      } finally {
        tape.dispose();
      }
    },
  };
}
