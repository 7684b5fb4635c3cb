import { describe, expect, test } from "vitest";
import { EngineError } from "../errors.ts";
import { JsonObject } from "./json.ts";
import { parseT5Config } from "./t5-config.ts";

const parse = (json: object) => parseT5Config(new JsonObject(json, "config.json"));

describe("what a config.json leaves out has the defaults of transformers", () => {
  test("of T5: t5-small", () => {
    expect(parse({ model_type: "t5" })).toEqual({
      architecture: "t5",
      vocabularySize: 32_128,
      contextLength: 512,
      width: 512,
      innerWidth: 2048,
      layers: 6,
      decoderLayers: 6,
      heads: 8,
      headWidth: 64,
      buckets: 32,
      maxDistance: 128,
      activation: "relu",
      gated: false,
      epsilon: 1e-6,
      scaledHead: true,
      startId: 0,
      endIds: [1],
    });
  });

  test("of mT5: mt5-small", () => {
    expect(parse({ model_type: "mt5" })).toMatchObject({
      vocabularySize: 250_112,
      innerWidth: 1024,
      layers: 8,
      decoderLayers: 8,
      heads: 6,
      activation: "geluTanh",
      gated: true,
      scaledHead: false,
    });
  });
});

test.each([
  // As google's checkpoints of T5 1.1 and Flan-T5 say it, and as transformers 5 writes it.
  [{ tie_word_embeddings: false }, false],
  [{ tie_word_embeddings: true }, true],
  [{ tie_word_embeddings: true, scale_decoder_outputs: false }, false],
  [{ scale_decoder_outputs: true }, true],
])("whether the head's input is scaled: %j", (fields, scaledHead) => {
  expect(parse({ model_type: "t5", ...fields }).scaledHead).toBe(scaledHead);
  expect(parse({ model_type: "mt5", ...fields }).scaledHead).toBe(false);
});

test.each([
  ["relu", { activation: "relu", gated: false }],
  ["gelu", { activation: "gelu", gated: false }],
  ["gated-gelu", { activation: "geluTanh", gated: true }],
  ["gated-gelu_new", { activation: "geluTanh", gated: true }],
  ["gated-silu", { activation: "silu", gated: true }],
])("feed_forward_proj %s", (name, expected) => {
  expect(parse({ model_type: "t5", feed_forward_proj: name })).toMatchObject(expected);
});

test.each([
  [{ eos_token_id: [1, 5, 1] }, [1, 5]],
  [{ eos_token_id: -1 }, []],
  [{ eos_token_id: 32_128 }, []],
])("the ends of %j", (fields, endIds) => {
  expect(parse({ model_type: "t5", ...fields }).endIds).toEqual(endIds);
});

test.each([
  [{ decoder_start_token_id: 7 }, 7],
  [{ decoder_start_token_id: null, pad_token_id: 3 }, 3],
  [{ decoder_start_token_id: 99_999 }, 0],
])("the start of %j", (fields, startId) => {
  expect(parse({ model_type: "t5", ...fields }).startId).toBe(startId);
});

test.each([
  [{ feed_forward_proj: "gated-relu6" }, "unsupported-model"],
  [{ quantization_config: {} }, "unsupported-model"],
  [{ relative_attention_num_buckets: 3 }, "bad-file"],
  [{ relative_attention_max_distance: 16 }, "bad-file"],
  [{ layer_norm_epsilon: 0 }, "bad-file"],
  [{ num_heads: 0 }, "bad-file"],
])("%j is refused", (fields, code) => {
  expect(() => parse({ model_type: "t5", ...fields })).toThrow(expect.objectContaining({ code }));
  expect(() => parse({ model_type: "t5", ...fields })).toThrow(EngineError);
});
