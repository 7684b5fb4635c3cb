import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseSafetensors, toFloat32 } from "../src/engine/files/safetensors.ts";
import { formatSafetensors } from "../src/engine/files/save.ts";
import { bundle } from "./build.ts";
import type { SubjectName } from "./columns.ts";
import { quantizedSafetensors } from "./i8.ts";
import { gpt2Config } from "./load.ts";
import { gpt2Onnx } from "./onnx/gpt2.ts";
import type { Site } from "./server.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Everything that a run fetches: the subjects' scripts, onnxruntime's, and the model in the forms that they read. */
export async function makeSite(model: string, subjects: readonly SubjectName[]): Promise<Site> {
  const folder = `${root}public/models/${model}/`;
  const [weights, config, scripts] = await Promise.all([
    readFile(`${folder}model.safetensors`),
    readFile(`${folder}config.json`, "utf8"),
    bundle(subjects),
  ]);
  const tensors = parseSafetensors(weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength));
  const floats = new Map(Array.from(tensors, ([name, tensor]) => [name, { ...tensor, data: toFloat32(tensor) }]));
  return new Map<string, Uint8Array | string>([
    ...scripts,
    ["/models/", `${root}public/models/`],
    [`/models/${model}-i8/`, folder],
    [`/models/${model}-i8/model.safetensors`, quantizedSafetensors(tensors)],
    [`/models/${model}-f32/`, folder],
    [`/models/${model}-f32/model.safetensors`, formatSafetensors(floats)],
    [`/models/${model}-onnx/`, folder],
    [`/models/${model}-onnx/onnx/model.onnx`, gpt2Onnx(gpt2Config(JSON.parse(config)), tensors)],
    ["/ort/", `${root}node_modules/onnxruntime-web/dist/`],
  ]);
}
