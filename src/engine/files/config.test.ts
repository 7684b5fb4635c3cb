import { describe, expect, test } from "vitest";
import variants from "../testdata/gpt2-tiny/variants.json" with { type: "json" };
import { type Gpt2Config, parseConfig, scoreDivisor } from "./config.ts";

/** What transformers writes for a small GPT-2. */
const file = {
  activation_function: "gelu_new",
  architectures: ["GPT2LMHeadModel"],
  attn_pdrop: 0,
  bos_token_id: 0,
  eos_token_id: 0,
  layer_norm_epsilon: 1e-5,
  model_type: "gpt2",
  n_embd: 256,
  n_head: 8,
  n_inner: null,
  n_layer: 6,
  n_positions: 128,
  reorder_and_upcast_attn: false,
  scale_attn_by_inverse_layer_idx: false,
  scale_attn_weights: true,
  tie_word_embeddings: true,
  vocab_size: 6000,
};

test("a file of transformers becomes a typed configuration", () => {
  expect(parseConfig(file)).toEqual({
    architecture: "gpt2",
    vocabularySize: 6000,
    contextLength: 128,
    width: 256,
    innerWidth: 1024,
    layers: 6,
    heads: 8,
    activation: "geluTanh",
    epsilon: 1e-5,
    tiedHead: true,
    endIds: [0],
  });
});

test("what a file leaves out has the value of GPT-2 small", () => {
  expect(parseConfig({ model_type: "gpt2" })).toEqual({
    architecture: "gpt2",
    vocabularySize: 50257,
    contextLength: 1024,
    width: 768,
    innerWidth: 3072,
    layers: 12,
    heads: 12,
    activation: "geluTanh",
    epsilon: 1e-5,
    tiedHead: true,
    endIds: [50256],
  });
});

test("an inner width, an own head and another name of the same activation are taken", () => {
  const config = parseConfig({
    ...file,
    n_inner: 300,
    tie_word_embeddings: false,
    activation_function: "gelu_pytorch_tanh",
  });
  expect(config).toMatchObject({ innerWidth: 300, tiedHead: false, activation: "geluTanh" });
});

describe("what transformers' GPT2Config has", () => {
  /** Another value than that of `file`, and whether the model is another one with it. */
  const settings: Readonly<Record<string, readonly [value: unknown, followed: boolean]>> = {
    vocab_size: [7000, true],
    n_positions: [64, true],
    n_embd: [128, true],
    n_layer: [4, true],
    n_head: [4, true],
    n_inner: [300, true],
    activation_function: ["relu", true],
    layer_norm_epsilon: [1e-6, true],
    scale_attn_weights: [false, true],
    scale_attn_by_inverse_layer_idx: [true, true],
    tie_word_embeddings: [false, true],
    eos_token_id: [[5, 7], true],
    // How it was made, and how it is trained on.
    initializer_range: [0.5, false],
    resid_pdrop: [0.3, false],
    embd_pdrop: [0.3, false],
    attn_pdrop: [0.3, false],
    // The head of GPT2DoubleHeadsModel.
    summary_type: ["last", false],
    summary_use_proj: [false, false],
    summary_activation: ["tanh", false],
    summary_proj_to_labels: [false, false],
    summary_first_dropout: [0.3, false],
    // In which order it is computed, and what is kept; which id fills a batch, and which begins a text for who asks for none.
    use_cache: [false, false],
    reorder_and_upcast_attn: [true, false],
    bos_token_id: [9, false],
    pad_token_id: [9, false],
  };
  /** Refused, by name. */
  const refused: Readonly<Record<string, unknown>> = { add_cross_attention: true };

  test("is followed, or is for nothing here, or is refused: there is nothing else", () => {
    expect([...Object.keys(settings), ...Object.keys(refused)].sort()).toEqual(variants.settings);
  });

  test.each(Object.entries(settings))("%s", (key, [value, followed]) => {
    const [before, after] = [parseConfig(file), parseConfig({ ...file, [key]: value })];
    if (followed) expect(after).not.toEqual(before);
    else expect(after).toEqual(before);
  });

  test.each(Object.entries(refused))("%s is refused", (key, value) => {
    expect(() => parseConfig({ ...file, [key]: value })).toThrow(`${key}: ${String(value)}`);
  });
});

test("sizes may have the names that they have in other architectures", () => {
  const { n_embd, n_head, n_layer, n_positions, ...rest } = file;
  const others = {
    hidden_size: n_embd,
    num_attention_heads: n_head,
    num_hidden_layers: n_layer,
    max_position_embeddings: n_positions,
  };
  expect(parseConfig({ ...rest, ...others })).toEqual(parseConfig(file));
  expect(parseConfig({ ...file, hidden_size: 64 })).toMatchObject({ width: 64 });
});

test.each([
  [{}, [5.656854, 5.656854]],
  [{ scale_attn_by_inverse_layer_idx: true }, [5.656854, 16.970562]],
  [{ scale_attn_weights: false }, [1, 1]],
  [{ scale_attn_weights: false, scale_attn_by_inverse_layer_idx: true }, [1, 3]],
])("scores of the first and the third layer are divided as %o says", (change, divisors) => {
  const config = parseConfig({ ...file, ...change }) as Gpt2Config;
  for (const [i, layer] of [1, 3].entries()) expect(scoreDivisor(config, layer)).toBeCloseTo(divisors[i]!, 5);
});

test.each([
  ["gelu", "gelu"],
  ["gelu_python", "gelu"],
  ["gelu_new", "geluTanh"],
  ["gelu_fast", "geluTanh"],
  ["gelu_accurate", "geluTanh"],
  ["gelu_pytorch_tanh", "geluTanh"],
  ["gelu_python_tanh", "geluTanh"],
  ["relu", "relu"],
  ["silu", "silu"],
  ["swish", "silu"],
  ["tanh", "tanh"],
])("the activation %s is %s", (activation_function, activation) => {
  expect(parseConfig({ ...file, activation_function })).toMatchObject({ activation });
});

test.each([
  ["one in a list", [5], [5]],
  ["none", null, []],
  ["what transformers writes where nobody has set it, beyond a small vocabulary", 50256, []],
  ["two", [0, 5], [0, 5]],
  ["one of two, where the other is beyond the vocabulary", [5, 50256], [5]],
  ["the same twice", [5, 5], [5]],
  ["no id", -1, []],
  ["no id either", "</s>", []],
])("the token that ends a text may be %s", (_, eos_token_id, endIds) => {
  expect(parseConfig({ ...file, eos_token_id })).toMatchObject({ endIds });
});

test.each([
  [{ model_type: "llama" }, "model_type 是 llama"],
  [{ activation_function: "quick_gelu" }, "activation_function: quick_gelu"],
  [{ add_cross_attention: true }, "add_cross_attention: true"],
  [{ per_layer_config: { "1": { n_inner: 8 } } }, "per_layer_config: 有"],
  [{ quantization_config: { bits: 4 } }, "quantization_config: 有"],
])("%o is not supported, and the reason is named", (change, detail) => {
  expect(() => parseConfig({ ...file, ...change })).toThrow(
    expect.objectContaining({ code: "unsupported-model", detail }),
  );
});

test.each([
  [null, "config.json 不是对象"],
  [[file], "config.json 不是对象"],
  [{ ...file, model_type: null }, "config.json: model_type 缺少"],
  [{ ...file, n_layer: 0 }, "config.json: n_layer 应是不小于 1 的整数"],
  [{ ...file, vocab_size: "6000" }, "config.json: vocab_size 应是不小于 1 的整数"],
  [{ ...file, n_head: 7 }, "config.json: n_embd 256 不能被 n_head 7 整除"],
  [{ ...file, layer_norm_epsilon: 0 }, "config.json: layer_norm_epsilon 应大于 0"],
  [{ ...file, tie_word_embeddings: "yes" }, "config.json: tie_word_embeddings 应是 true 或 false"],
])("a wrong field is a bad file that names it (%#)", (json, detail) => {
  expect(() => parseConfig(json)).toThrow(expect.objectContaining({ code: "bad-file", detail }));
});

/** What transformers writes for a small BERT with a classifier. */
const bert = {
  architectures: ["BertForSequenceClassification"],
  hidden_act: "gelu",
  hidden_size: 384,
  id2label: { "0": "差评", "1": "好评" },
  intermediate_size: 1536,
  layer_norm_eps: 1e-12,
  max_position_embeddings: 128,
  model_type: "bert",
  num_attention_heads: 12,
  num_hidden_layers: 6,
  position_embedding_type: "absolute",
  type_vocab_size: 2,
  vocab_size: 8000,
};

test("a BERT's file becomes a typed configuration, with the names of its classes", () => {
  expect(parseConfig(bert)).toEqual({
    architecture: "bert",
    vocabularySize: 8000,
    contextLength: 128,
    segments: 2,
    width: 384,
    innerWidth: 1536,
    layers: 6,
    heads: 12,
    activation: "gelu",
    epsilon: 1e-12,
    tiedHead: true,
    classNames: ["差评", "好评"],
  });
});

test("what a BERT's file leaves out has the value of BERT base", () => {
  expect(parseConfig({ model_type: "bert" })).toMatchObject({
    vocabularySize: 30522,
    contextLength: 512,
    width: 768,
    innerWidth: 3072,
    layers: 12,
    heads: 12,
    activation: "gelu",
    classNames: [],
  });
});

test.each([
  ["gelu_new", "geluTanh"],
  ["gelu_pytorch_tanh", "geluTanh"],
  ["relu", "relu"],
  ["silu", "silu"],
])("a BERT's activation %s is %s", (hidden_act, activation) => {
  expect(parseConfig({ ...bert, hidden_act })).toMatchObject({ activation });
});

test.each([
  [{ hidden_act: "mish" }, "hidden_act: mish"],
  [{ position_embedding_type: "relative_key" }, "position_embedding_type: relative_key"],
  [{ is_decoder: true }, "is_decoder: true"],
  [{ quantization_config: { bits: 4 } }, "quantization_config: 有"],
])("a BERT with %o is not supported, and the reason is named", (change, detail) => {
  expect(() => parseConfig({ ...bert, ...change })).toThrow(
    expect.objectContaining({ code: "unsupported-model", detail }),
  );
});

test.each([
  [{ ...bert, num_attention_heads: 7 }, "config.json: hidden_size 384 不能被 num_attention_heads 7 整除"],
  [{ ...bert, layer_norm_eps: -1 }, "config.json: layer_norm_eps 应大于 0"],
  [{ ...bert, id2label: { "0": "a", "2": "b" } }, "config.json: id2label: 1 缺少"],
])("a wrong field of a BERT is a bad file that names it (%#)", (json, detail) => {
  expect(() => parseConfig(json)).toThrow(expect.objectContaining({ code: "bad-file", detail }));
});
