import { expect, test } from "vitest";
import { parseConfig } from "./config.ts";

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
    epsilon: 1e-5,
    tiedHead: true,
    endId: 0,
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
    epsilon: 1e-5,
    tiedHead: true,
    endId: null,
  });
});

test("an inner width, an own head and another name of the same activation are taken", () => {
  const config = parseConfig({
    ...file,
    n_inner: 300,
    tie_word_embeddings: false,
    activation_function: "gelu_pytorch_tanh",
  });
  expect(config).toMatchObject({ innerWidth: 300, tiedHead: false });
});

test.each([
  [{ model_type: "llama" }, "model_type 是 llama"],
  [{ activation_function: "gelu" }, "activation_function: gelu"],
  [{ activation_function: "relu" }, "activation_function: relu"],
  [{ scale_attn_weights: false }, "scale_attn_weights: false"],
  [{ scale_attn_by_inverse_layer_idx: true }, "scale_attn_by_inverse_layer_idx: true"],
  [{ add_cross_attention: true }, "add_cross_attention: true"],
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
  [{ ...file, eos_token_id: 6000 }, "config.json: eos_token_id 在词表之外"],
])("a wrong field is a bad file that names it (%#)", (json, detail) => {
  expect(() => parseConfig(json)).toThrow(expect.objectContaining({ code: "bad-file", detail }));
});
