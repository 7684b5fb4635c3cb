import type { Gpt2Config } from "../../src/engine/files/config.ts";
import { type TensorView, toFloat32 } from "../../src/engine/files/safetensors.ts";
import { Graph } from "./graph.ts";

/**
 * Our GPT-2 as the ONNX file that transformers.js runs: inputs `input_ids`, `position_ids` and `past_key_values.<layer>.key|value`, outputs
 * `logits` and `present.<layer>.key|value`.
 *
 * It is the fastest form that we found for onnxruntime, not the easiest to write: its fused operators for layer norm, GELU and attention, and logits
 * of the last token alone. The weights are stored as in our own file (16-bit floats stay so and are widened, exactly, when the session
 * is made), so both download the same and compute with the same numbers.
 */
export function gpt2Onnx(config: Gpt2Config, tensors: ReadonlyMap<string, TensorView>): Uint8Array<ArrayBuffer> {
  const { width, layers, heads, epsilon, vocabularySize } = config;
  const graph = new Graph();
  const prefix = tensors.has("transformer.wte.weight") ? "transformer." : "";
  const weight = (name: string): string => {
    const tensor = tensors.get(`${prefix}${name}`);
    if (!tensor) throw new Error(`no tensor ${name}`);
    if (tensor.dtype !== "F16") {
      const data = toFloat32(tensor);
      return graph.constant("FLOAT", tensor.shape, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    return graph.operator("Cast", [graph.constant("FLOAT16", tensor.shape, tensor.data)], { attributes: { to: 1n } });
  };
  const norm = (x: string, name: string): string =>
    graph.operator("LayerNormalization", [x, weight(`${name}.weight`), weight(`${name}.bias`)], {
      attributes: { epsilon, axis: -1n },
    });
  const linear = (x: string, name: string): string =>
    graph.operator("Add", [graph.operator("MatMul", [x, weight(`${name}.weight`)]), weight(`${name}.bias`)]);

  const ids = graph.input("input_ids", "INT64", ["batch_size", "sequence_length"]);
  const positions = graph.input("position_ids", "INT64", ["batch_size", "sequence_length"]);
  const table = weight("wte.weight");
  let residual = graph.operator("Add", [
    graph.operator("Gather", [table, ids]),
    graph.operator("Gather", [weight("wpe.weight"), positions]),
  ]);

  for (let layer = 0; layer < layers; layer++) {
    const cache = (name: string): string =>
      graph.input(name, "FLOAT", ["batch_size", heads, "past_length", width / heads]);
    const past = [cache(`past_key_values.${layer}.key`), cache(`past_key_values.${layer}.value`)];
    const present = [`present.${layer}.key`, `present.${layer}.value`];

    const parts = ["q", "k", "v"].map((part) => `h.${layer}.${part}`);
    const qkv = linear(norm(residual, `h.${layer}.ln_1`), `h.${layer}.attn.c_attn`);
    graph.operatorTo(parts, "Split", [qkv], { attributes: { axis: -1n, num_outputs: 3n } });
    const mixed = `h.${layer}.mixed`;
    graph.operatorTo([mixed, ...present], "MultiHeadAttention", [...parts, "", "", "", ...past], {
      domain: "com.microsoft",
      attributes: { num_heads: BigInt(heads), unidirectional: 1n },
    });
    residual = graph.operator("Add", [residual, linear(mixed, `h.${layer}.attn.c_proj`)]);

    const expanded = linear(norm(residual, `h.${layer}.ln_2`), `h.${layer}.mlp.c_fc`);
    const hidden = graph.operator("Gelu", [expanded], { attributes: { approximate: "tanh" } });
    residual = graph.operator("Add", [residual, linear(hidden, `h.${layer}.mlp.c_proj`)]);
    for (const name of present) {
      graph.output(name, "FLOAT", ["batch_size", heads, "total_length", width / heads]);
    }
  }

  // The last token only: [batch, width], then [batch, 1, vocabulary].
  const last = graph.operator("Gather", [residual, graph.constant("INT64", [], lastIndex)], {
    attributes: { axis: 1n },
  });
  const head = config.tiedHead ? table : weight("lm_head.weight");
  const logits = graph.operator("Gemm", [norm(last, "ln_f"), head], { attributes: { transB: 1n } });
  graph.operatorTo(["logits"], "Unsqueeze", [logits, graph.integers(1)]);
  graph.output("logits", "FLOAT", ["batch_size", 1, vocabularySize]);
  return graph.encode({ "": 20, "com.microsoft": 1 });
}

const lastIndex = new Uint8Array(BigInt64Array.of(-1n).buffer);
