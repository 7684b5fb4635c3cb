import type { Activation } from "../backends/operations.ts";
import { EngineError } from "../errors.ts";
import { ACTIVATIONS } from "./activations.ts";
import { endIdsIn } from "./generation.ts";
import { isIntegerFrom, type JsonObject } from "./json.ts";

/** What a checkpoint of T5, T5 v1.1, Flan-T5 or mT5 says about its shape (Hugging Face's `config.json`), checked. */
export interface T5Config {
  readonly architecture: "t5";
  readonly vocabularySize: number;
  /** Most tokens of a text that is read, and of one that is written. T5 has no longest text; its memory grows with the square. */
  readonly contextLength: number;
  /** Width of the residual stream. */
  readonly width: number;
  readonly innerWidth: number;
  /** Of the encoder. */
  readonly layers: number;
  readonly decoderLayers: number;
  readonly heads: number;
  /** Width of one head: all of them together may be wider than the stream, or narrower. */
  readonly headWidth: number;
  /** Distances between tokens fall into so many buckets, the last of which begins at `maxDistance`. */
  readonly buckets: number;
  readonly maxDistance: number;
  readonly activation: Activation;
  /** The hidden layer of each MLP is a product: of what is bent, and of what stays straight (Shazeer 2020). */
  readonly gated: boolean;
  readonly epsilon: number;
  /** What the head reads is divided by √width, as the first T5, whose head is the word embedding, was trained. */
  readonly scaledHead: boolean;
  /** The token before the first that is written. */
  readonly startId: number;
  /** Tokens that end a text. */
  readonly endIds: readonly number[];
}

/** What google's checkpoints were trained on; transformers reads longer texts, with a warning. */
const CONTEXT_LENGTH = 512;

/**
 * Defaults are those of transformers' `T5Config` and `MT5Config`, which leave out of the file what has its default.
 * @throws EngineError `unsupported-model`, `bad-file`
 */
export function parseT5Config(fields: JsonObject): T5Config {
  const multilingual = fields.string("model_type") === "mt5";
  const { activation, gated } = feedForwardOf(fields.string("feed_forward_proj", multilingual ? "gated-gelu" : "relu"));
  if (fields.has("quantization_config")) unsupported("quantization_config", "有");
  const layers = fields.integer("num_layers", 1, multilingual ? 8 : 6);
  const epsilon = fields.number("layer_norm_epsilon", 1e-6);
  if (epsilon <= 0) fields.fail("layer_norm_epsilon", "应大于 0");
  // Of fewer, the encoder would have none for single steps.
  const buckets = fields.integer("relative_attention_num_buckets", 4, 32);
  const maxDistance = fields.integer("relative_attention_max_distance", 1, 128);
  if (maxDistance <= buckets / 2) fields.fail("relative_attention_max_distance", `应大于桶数 ${buckets} 的一半`);
  const vocabularySize = fields.integer("vocab_size", 1, multilingual ? 250_112 : 32_128);
  const known = (id: unknown): id is number => isIntegerFrom(id, 0) && id < vocabularySize;
  // transformers begins with the padding where nobody says with what.
  const start = [fields.value("decoder_start_token_id"), fields.value("pad_token_id")].find(known);
  return {
    architecture: "t5",
    vocabularySize,
    contextLength: fields.integer("n_positions", 1, CONTEXT_LENGTH),
    width: fields.integer("d_model", 1, 512),
    innerWidth: fields.integer("d_ff", 1, multilingual ? 1024 : 2048),
    layers,
    decoderLayers: fields.integer("num_decoder_layers", 1, layers),
    heads: fields.integer("num_heads", 1, multilingual ? 6 : 8),
    headWidth: fields.integer("d_kv", 1, 64),
    buckets,
    maxDistance,
    activation,
    gated,
    epsilon,
    // A T5 whose head is its own says so only by not being tied; transformers 5 ties all, and says it by a name of its own. mT5 never divides.
    scaledHead: !multilingual && fields.boolean("scale_decoder_outputs", fields.boolean("tie_word_embeddings", true)),
    startId: start ?? 0,
    endIds: endIdsIn(fields.has("eos_token_id") ? fields.value("eos_token_id") : 1, vocabularySize),
  };
}

/** `relu`, `gated-gelu`: whether the hidden layer is a product, and what bends. */
function feedForwardOf(name: string): Pick<T5Config, "activation" | "gated"> {
  // This one name has always meant the tanh form.
  if (name === "gated-gelu") return { gated: true, activation: "geluTanh" };
  const gated = name.startsWith("gated-");
  const activation = ACTIVATIONS.get(gated ? name.slice("gated-".length) : name);
  return activation ? { gated, activation } : unsupported("feed_forward_proj", name);
}

function unsupported(key: string, value: string): never {
  throw new EngineError("unsupported-model", `${key}: ${value}`);
}
