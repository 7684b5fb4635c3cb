import type { ActiveBackend } from "./active-backend.ts";
import { logProbsOf } from "./decoding/log-probs.ts";
import { logSoftmax } from "./decoding/softmax.ts";
import { EngineError, fetched } from "./errors.ts";
import type { PipelineInput, PipelineOptions } from "./files/pipeline.ts";
import type { EncodedText } from "./files/tokenizer.ts";
import { bertOf, checkpointOf, gpt2Of, type LoadedModels, pipelineOf, t5Of } from "./loaded-model.ts";
import type { InputGradientOptions, InputGradients } from "./models/bert-gradients.ts";
import {
  type BatchOptions,
  type Reading,
  type ReadingOptions,
  readText,
  readTexts,
  type TextToRead,
} from "./models/bert-reading.ts";
import type { ClassifiedText } from "./models/bert-words.ts";
import { patchedLogits } from "./models/gpt2-patching.ts";
import { Gpt2Tree } from "./models/gpt2-tree.ts";
import type { PairReading } from "./models/t5-reading.ts";
import type { HostTensor } from "./tensor/trace.ts";

/**
 * What can be asked of a loaded model, plain data there and plain data back. The worker passes every method on as it is, and `EngineClient` offers
 * it to pages: a new one is written here, and named there. All work that a lost device cuts short is done again on the CPU.
 *
 * Each takes the model's id first. @throws EngineError `not-found` if it is not loaded; `bad-input` if it is of another kind
 */
export class ModelCalls {
  readonly #models: LoadedModels;
  readonly #backend: ActiveBackend;

  constructor(models: LoadedModels, backend: ActiveBackend) {
    this.#models = models;
    this.#backend = backend;
  }

  /** A text, or a pair of texts, as token ids. */
  async encode(id: string, text: string, second?: string): Promise<EncodedText> {
    return (await checkpointOf(this.#models, id)).tokenizer.encode(text, second);
  }

  /** The text of token ids, without special tokens; half a character, where a tokenizer cuts them, is `�`. @throws EngineError `bad-input` */
  async decode(id: string, ids: readonly number[]): Promise<string> {
    return (await checkpointOf(this.#models, id)).tokenizer.decode(ids, { skipSpecial: true });
  }

  /**
   * The logits of what follows, [vocabularySize], as a GPT-2 reads the text.
   * @param ids at least one, at most `contextLength`
   * @throws EngineError `bad-input`
   */
  async next(id: string, ids: readonly number[]): Promise<Float32Array> {
    return this.#read(id, async (tree) => (await tree.append(null, ids)).logits);
  }

  /** The natural log-probability that a GPT-2 gives each token of a text behind a prompt, [text.length]. Parameters and errors as of `logProbsOf`. */
  async logProbs(id: string, prompt: readonly number[], text: readonly number[]): Promise<number[]> {
    return this.#read(id, (tree) => logProbsOf(tree, prompt, text));
  }

  /**
   * Intermediates of a GPT-2 that reads a text, by name and from the first token on; where more is to follow, `inspect` of a tree.
   * @param names which ones, as of `Trace`
   * @throws EngineError `bad-input`, also for a pattern that matches no name
   */
  async traces(id: string, ids: readonly number[], names: readonly string[]): Promise<Map<string, HostTensor>> {
    return this.#read(id, async (tree) => (await tree.inspect(null, ids, names)).traces);
  }

  /**
   * Activation patching: the natural log-probability that a GPT-2 gives some next tokens of a text whose residual stream is another text's at one
   * place. Parameters and errors as of `patchedLogits`.
   * @param answers the tokens in question
   * @returns [places][answers]
   */
  async patch(
    id: string,
    ids: readonly number[],
    donor: readonly number[],
    block: number,
    answers: readonly number[],
  ): Promise<number[][]> {
    const loaded = await checkpointOf(this.#models, id);
    return this.#backend.surviving(async (backend) => {
      const places = await patchedLogits(gpt2Of(loaded, backend), ids, donor, block);
      return places.map((logits) => {
        const logProbs = logSoftmax(logits);
        return answers.map((answer) => {
          const own = logProbs[answer];
          if (own === undefined) throw new EngineError("bad-input", `词表里没有编号 ${answer}`);
          return own;
        });
      });
    });
  }

  /** What a GPT-2 would predict from some point of its residual stream. Errors as of `Gpt2.logitLens`. */
  async logitLens(id: string, residual: HostTensor): Promise<HostTensor> {
    const loaded = await checkpointOf(this.#models, id);
    return this.#backend.surviving(async (backend) => gpt2Of(loaded, backend).logitLens(residual));
  }

  /**
   * What a BERT makes of a text: guesses for its masks, whether the sentences follow each other, classes, intermediates.
   * @throws EngineError as `readText`
   */
  async read(id: string, text: Pick<EncodedText, "ids" | "segments">, options?: ReadingOptions): Promise<Reading> {
    const loaded = await checkpointOf(this.#models, id);
    return this.#backend.surviving(async (backend) => readText(bertOf(loaded, backend), text, options));
  }

  /** `read` for several texts at once: the way to read many. Errors as there. */
  async readTexts(id: string, texts: readonly TextToRead[], options?: BatchOptions): Promise<Reading[]> {
    const loaded = await checkpointOf(this.#models, id);
    return this.#backend.surviving(async (backend) => readTexts(bertOf(loaded, backend), texts, options));
  }

  /**
   * What a T5 makes of a text and of what is written about it so far: logits, and intermediates by name, cross-attention among them.
   * @throws EngineError as `readPair`; `network`
   */
  async readPair(
    id: string,
    source: readonly number[],
    target: readonly number[],
    names?: readonly string[],
  ): Promise<PairReading> {
    const { readPair } = await fetched("readPair", import("./models/t5-reading.ts"));
    const loaded = await checkpointOf(this.#models, id);
    return this.#backend.surviving(async (backend) => readPair(t5Of(loaded, backend), source, target, names));
  }

  /**
   * What gradients by the word embeddings of a classifier say of the tokens of a text: gradient × input, and integrated gradients.
   * @throws EngineError as `read` and `inputGradients`; `network`
   */
  async inputGradients(id: string, text: ClassifiedText, options: InputGradientOptions): Promise<InputGradients> {
    const { inputGradients } = await fetched("inputGradients", import("./models/bert-gradients.ts"));
    const loaded = await checkpointOf(this.#models, id);
    return this.#backend.surviving(async (backend) => inputGradients(bertOf(loaded, backend), text, options));
  }

  /** Runs a model of Transformers.js. @returns the task's own result, as plain data */
  async run(id: string, input: PipelineInput, options?: PipelineOptions): Promise<unknown> {
    return (await pipelineOf(this.#models, id)).run(input, options);
  }

  /** What a tree that lives no longer than the work says. */
  async #read<T>(id: string, work: (tree: Gpt2Tree) => Promise<T>): Promise<T> {
    const loaded = await checkpointOf(this.#models, id);
    return this.#backend.surviving(async (backend) => {
      const tree = new Gpt2Tree(gpt2Of(loaded, backend));
      try {
        return await work(tree);
      } finally {
        tree.dispose();
      }
    });
  }
}
