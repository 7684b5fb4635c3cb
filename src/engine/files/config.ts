import type { Activation } from "../backends/operations.ts";
import { EngineError, fetched } from "../errors.ts";
import { ACTIVATIONS } from "./activations.ts";
import { endIdsIn } from "./generation.ts";
import { JsonObject } from "./json.ts";
import type { T5Config } from "./t5-config.ts";

/** What a GPT-2 checkpoint says about its shape (Hugging Face's `config.json`), checked. */
export interface Gpt2Config {
  readonly architecture: "gpt2";
  readonly vocabularySize: number;
  /** Longest sequence, in tokens: as many learned positions there are. */
  readonly contextLength: number;
  /** Width of the residual stream. */
  readonly width: number;
  /** Width of the hidden layer of each MLP. */
  readonly innerWidth: number;
  readonly layers: number;
  /** Heads per layer; a head is `width / heads` wide. */
  readonly heads: number;
  readonly activation: Activation;
  /** What attention scores are divided by; left out where it is √(width of a head) in every layer, as GPT-2 has it. */
  readonly scaling?: ScoreScaling;
  /** Added to the variance in every layer norm. */
  readonly epsilon: number;
  /** The output head is the token embedding; otherwise the checkpoint has a `lm_head.weight` of its own. */
  readonly tiedHead: boolean;
  /** The tokens that end a text: none where the file names none. */
  readonly endIds: readonly number[];
}

/** What a layer's attention scores are divided by, both where both are so: √(width of a head); the layer's number, from 1. */
export interface ScoreScaling {
  readonly byWidth: boolean;
  readonly byLayer: boolean;
}

/** What a BERT checkpoint says about its shape. */
export interface BertConfig {
  readonly architecture: "bert";
  readonly vocabularySize: number;
  /** Longest sequence, in tokens: as many learned positions there are. */
  readonly contextLength: number;
  /** Kinds of sentences in one input: first and second. */
  readonly segments: number;
  readonly width: number;
  readonly innerWidth: number;
  readonly layers: number;
  readonly heads: number;
  readonly activation: Activation;
  readonly epsilon: number;
  /** The masked-LM head is the word embedding; otherwise the checkpoint has a `cls.predictions.decoder.weight` of its own. */
  readonly tiedHead: boolean;
  /** Names of the classes of a sequence classifier, where the file has them. */
  readonly classNames: readonly string[];
}

/** Every architecture that the engine runs, told apart by `architecture`. */
export type ModelConfig = Gpt2Config | BertConfig | T5Config;

/** What a GPT-2 divides the attention scores of a layer by, counted from 1. Rounded to 32 bits, as the kernels round it where they find it themselves. */
export function scoreDivisor(
  { width, heads, scaling }: Pick<Gpt2Config, "width" | "heads" | "scaling">,
  layer: number,
) {
  const { byWidth, byLayer } = scaling ?? { byWidth: true, byLayer: false };
  return (byWidth ? Math.fround(Math.sqrt(width / heads)) : 1) * (byLayer ? layer : 1);
}

/**
 * Takes the contents of a `config.json`.
 *
 * @throws EngineError `unsupported-model`: a valid model that the engine would compute wrongly, with the reason
 * @throws EngineError `bad-file`: a field is missing or cannot be true
 */
export function parseConfig(json: unknown, file = "config.json"): Gpt2Config | BertConfig {
  const fields = new JsonObject(json, file);
  const type = fields.string("model_type");
  if (type === "gpt2") return parseGpt2Config(fields);
  if (type === "bert") return parseBertConfig(fields);
  throw new EngineError("unsupported-model", `model_type 是 ${type}`);
}

/** As `parseConfig`, of a T5, too, for which few pages have a use: what reads it is fetched with the first. @throws EngineError also `network` */
export async function parseAnyConfig(json: unknown): Promise<ModelConfig> {
  const fields = new JsonObject(json, "config.json");
  if (!["t5", "mt5"].includes(fields.string("model_type"))) return parseConfig(json);
  const { parseT5Config } = await fetched("T5", import("./t5-config.ts"));
  return parseT5Config(fields);
}

/** Defaults are those of transformers' `GPT2Config`, which leaves out of the file what has its default. */
function parseGpt2Config(fields: JsonObject): Gpt2Config {
  const activation = activationOf(fields, "activation_function", "gelu_new");
  const byWidth = fields.boolean("scale_attn_weights", true);
  const byLayer = fields.boolean("scale_attn_by_inverse_layer_idx", false);
  expectFlag(fields, "add_cross_attention", false);
  for (const key of ["quantization_config", "per_layer_config"]) if (fields.has(key)) unsupported(key, "有");

  // Some sizes have another name as well, as all architectures of transformers have it; where both stand, that one counts.
  const size = (key: string, also: string, fallback: number): number =>
    fields.integer(fields.has(also) ? also : key, 1, fallback);
  const width = size("n_embd", "hidden_size", 768);
  const heads = size("n_head", "num_attention_heads", 12);
  if (width % heads !== 0) fields.fail("n_embd", `${width} 不能被 n_head ${heads} 整除`);
  const epsilon = fields.number("layer_norm_epsilon", 1e-5);
  if (epsilon <= 0) fields.fail("layer_norm_epsilon", "应大于 0");
  const vocabularySize = fields.integer("vocab_size", 1, 50257);
  return {
    architecture: "gpt2",
    vocabularySize,
    contextLength: size("n_positions", "max_position_embeddings", 1024),
    width,
    innerWidth: fields.integer("n_inner", 1, 4 * width),
    layers: size("n_layer", "num_hidden_layers", 12),
    heads,
    activation,
    ...(byWidth && !byLayer ? {} : { scaling: { byWidth, byLayer } }),
    epsilon,
    tiedHead: fields.boolean("tie_word_embeddings", true),
    // Only a file that says so names none.
    endIds: endIdsIn(fields.keys().includes("eos_token_id") ? fields.value("eos_token_id") : 50256, vocabularySize),
  };
}

/** What would be taken for a classifier of texts, by the names of its tensors. */
const OTHER_HEADS = ["BertForTokenClassification", "BertForMultipleChoice"];

/** Defaults are those of transformers' `BertConfig`. */
function parseBertConfig(fields: JsonObject): BertConfig {
  const positions = fields.string("position_embedding_type", "absolute");
  if (positions !== "absolute") unsupported("position_embedding_type", positions);
  expectFlag(fields, "is_decoder", false);
  const head = fields.strings("architectures").find((name) => OTHER_HEADS.includes(name));
  if (head !== undefined) unsupported("architectures", head);
  expectFlag(fields, "add_cross_attention", false);
  if (fields.has("quantization_config")) unsupported("quantization_config", "有");

  const width = fields.integer("hidden_size", 1, 768);
  const heads = fields.integer("num_attention_heads", 1, 12);
  if (width % heads !== 0) fields.fail("hidden_size", `${width} 不能被 num_attention_heads ${heads} 整除`);
  const epsilon = fields.number("layer_norm_eps", 1e-12);
  if (epsilon <= 0) fields.fail("layer_norm_eps", "应大于 0");
  return {
    architecture: "bert",
    vocabularySize: fields.integer("vocab_size", 1, 30522),
    contextLength: fields.integer("max_position_embeddings", 1, 512),
    segments: fields.integer("type_vocab_size", 1, 2),
    width,
    innerWidth: fields.integer("intermediate_size", 1, 3072),
    layers: fields.integer("num_hidden_layers", 1, 12),
    heads,
    activation: activationOf(fields, "hidden_act", "gelu"),
    epsilon,
    tiedHead: fields.boolean("tie_word_embeddings", true),
    classNames: fields.has("id2label") ? classNames(fields.object("id2label")) : [],
  };
}

function activationOf(fields: JsonObject, key: string, fallback: string): Activation {
  const name = fields.string(key, fallback);
  return ACTIVATIONS.get(name) ?? unsupported(key, name);
}

/** `{"0": "negative", "1": "positive"}` in the order of the numbers. */
function classNames(labels: JsonObject): string[] {
  return Array.from({ length: labels.keys().length }, (_, i) => labels.string(String(i)));
}

function expectFlag(fields: JsonObject, key: string, only: boolean): void {
  const value = fields.boolean(key, only);
  if (value !== only) unsupported(key, String(value));
}

function unsupported(key: string, value: string): never {
  throw new EngineError("unsupported-model", `${key}: ${value}`);
}
