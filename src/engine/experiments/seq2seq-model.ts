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

/** What the experiment needs of any of the models. */
export interface Trained {
  readonly parameters: Parameters;
  loss(tape: Tape, batch: Seq2SeqBatch): Tensor;
  /** [batch, length, vocabularySize] */
  logits(tape: Tape, batch: Seq2SeqBatch): Tensor;
  /** An intermediate at every token of the sources, or of the inputs, by its name: [batch, length, width]. */
  states(batch: Seq2SeqBatch, name: string): Promise<HostTensor>;
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
  if (architecture === "transformer") {
    const sizes = { vocabularySize, width, innerWidth: 4 * width, heads };
    const config = { ...sizes, encoderLayers: layers, decoderLayers: layers, activation: "relu" as const };
    return trained(new TransformerSeq2Seq(backend, config, weights));
  }
  const vocabularies = { sourceVocabularySize: vocabularySize, targetVocabularySize: vocabularySize };
  const attention = architecture === "lstm-attention";
  const config = { ...vocabularies, embeddingWidth: width, width, layers, attention };
  return trained(new LstmSeq2Seq(backend, config, weights));
}

function trained<Encoded>(model: Seq2Seq<Encoded> & { readonly parameters: Parameters }): Trained {
  return {
    parameters: model.parameters,
    loss: (tape, batch) => seq2SeqLoss(model, tape, batch),
    logits: (tape, { source, inputs }) => model.decode(tape, model.encode(tape, source), inputs),
    translate: (source, options) => translateGreedily(model, source, options),
    async states({ source, inputs }, name) {
      const trace = new Trace([name], model.traceNames);
      const tape = new Tape(model.backend, "off");
      try {
        const encoded = model.encode(tape, source, trace);
        if (name.startsWith("decoder")) model.decode(tape, encoded, inputs, trace);
        return trace.tensors(await model.backend.read(trace.spans)).get(name)!;
      } finally {
        tape.dispose();
      }
    },
  };
}
