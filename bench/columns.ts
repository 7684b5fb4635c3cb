import type { Browser } from "@playwright/test";
import type { BackendKind } from "../src/engine/backends/backend.ts";
import type { Server } from "./server.ts";

export const SUBJECTS = ["ours", "transformers", "jax"] as const;
export const BACKENDS = ["cpu", "webgpu"] as const satisfies readonly BackendKind[];

export type SubjectName = (typeof SUBJECTS)[number];

/** One library on one backend. */
export interface Column {
  readonly subject: SubjectName;
  readonly backend: BackendKind;
}

export type Launch = () => Promise<Browser>;

/** The prompt of every row: 64 tokens of text as the model knows it would measure the same; these are any 64 characters. */
export const PROMPT = Array.from({ length: 64 }, (_, i) => 10 + ((i * 37) % 3000));

export function nameOf({ subject, backend }: Column): string {
  return `${subject} · ${backend}`;
}

/** The address of a column's page. */
export function pageOf({ subject, backend }: Column, server: Server): string {
  const model = subject === "transformers" ? "gpt-poem-onnx" : "gpt-poem";
  const query = new URLSearchParams({ subject, backend, model, prompt: PROMPT.join() });
  return `${server.origin}/index.html?${query}`;
}
