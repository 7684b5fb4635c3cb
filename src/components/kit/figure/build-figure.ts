import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { EngineCalls } from "../../../engine/client.ts";
import { type ModelConfig, parseConfig } from "../../../engine/files/config.ts";
import { findFile, type Manifest, parseManifest } from "../../../engine/files/manifest.ts";
import { openNodeEngine } from "../../../engine/node-engine.ts";
import type { FirstFigure, Weights, WorkContext } from "./types.ts";

/** A figure that is computed before anyone asks for it. */
export interface FigureSpec<Data, Role extends string> {
  /** Ids in the manifest, by their roles. */
  readonly models: Readonly<Record<Role, string>>;
  /** What the demo's own run does; of a stream, the figure is the last item. */
  readonly work: (context: WorkContext<Role>) => Promise<Data> | AsyncIterable<Data>;
}

const MODELS = fileURLToPath(new URL("../../../../public/models", import.meta.url));

let opened: Promise<EngineCalls> | undefined;
let manifest: Promise<Manifest> | undefined;

/**
 * What a demo shows before its reader has run it, computed by its own work at its defaults. For modules named `*.figure.ts`, which are evaluated
 * while the site is built; of them the page gets what they export, as data (`scripts/figures.ts`).
 */
export async function buildFigure<Data, Role extends string>({
  models,
  work,
}: FigureSpec<Data, Role>): Promise<FirstFigure<Data>> {
  opened ??= openNodeEngine(MODELS);
  const engine = await opened;
  const ids = Object.entries<string>(models);
  const loaded = await Promise.all(ids.map(async ([role, id]) => [role, await engine.load(id)] as const));
  const context = { engine, signal: new AbortController().signal, ...Object.fromEntries(loaded) };
  // Object.fromEntries forgets the roles; they are those of the ids.
  const data = await result(work(context as WorkContext<Role>));
  const weights = await Promise.all(ids.map(([, id]) => weightsOf(id)));
  const date = new Date().toISOString().slice(0, 10);
  return { data, provenance: { kind: "built", date, command: "npm run build", weights } };
}

async function result<Data>(work: Promise<Data> | AsyncIterable<Data>): Promise<Data> {
  if (work instanceof Promise) return work;
  let last: { readonly data: Data } | undefined;
  for await (const data of work) last = { data };
  if (!last) throw new Error("The work of a figure gave nothing.");
  return last.data;
}

/** What the models of the site are, by their ids. */
export async function shippedConfigs(): Promise<ReadonlyMap<string, ModelConfig>> {
  const { models } = await readManifest();
  const configs = models.map(async ({ id }) => [id, parseConfig(await json(`${id}/config.json`))] as const);
  return new Map(await Promise.all(configs));
}

/** What the manifest says of a model's weights; opening the model has held the file against it. */
async function weightsOf(model: string): Promise<Weights> {
  const entry = (await readManifest()).models.find(({ id }) => id === model);
  if (!entry) throw new Error(`manifest.json has no model ${model}`);
  return { model, sha256: findFile(entry, "model.safetensors").sha256 };
}

function readManifest(): Promise<Manifest> {
  manifest ??= json("manifest.json").then(parseManifest);
  return manifest;
}

async function json(path: string): Promise<unknown> {
  return JSON.parse(await readFile(`${MODELS}/${path}`, "utf8"));
}
