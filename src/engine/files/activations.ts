import type { Activation } from "../backends/operations.ts";

/** Functions by the names that transformers has for them (its `ACT2FN`). The tanh form of GELU is 0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
export const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map([
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
]);
