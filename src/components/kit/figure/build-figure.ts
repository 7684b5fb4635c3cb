import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { EngineCalls } from "../../../engine/client.ts";
import { type ModelConfig, parseConfig } from "../../../engine/files/config.ts";
import { type Manifest, parseManifest } from "../../../engine/files/manifest.ts";
import { openNodeEngine } from "../../../engine/node-engine.ts";
import type { CsvTable } from "../frame/types.ts";
import { readRecord, refuseOtherWeights, saveRecord, weightsOf } from "./record.ts";
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
export async function buildFigure<Data, Role extends string>(spec: FigureSpec<Data, Role>): Promise<FirstFigure<Data>> {
  const data = await compute(spec);
  const date = new Date().toISOString().slice(0, 10);
  return {
    data,
    provenance: { kind: "built", date, command: "npm run build", weights: await shippedWeights(spec.models) },
  };
}

/**
 * The same of what takes too long for a build: `npm run record -- <name>` computes it and writes `src/recorded/<name>.json`, which the build reads. It
 * is written anew, too, once its models have changed.
 * @param table what is said of it in a table, for `Recorded.astro`
 * @throws Error where nothing was recorded, or with other weights than the manifest's
 */
export async function recordedFigure<Data, Role extends string>(
  name: string,
  { table, ...spec }: FigureSpec<Data, Role> & { readonly table: (data: Data) => CsvTable },
): Promise<FirstFigure<Data>> {
  if (process.env.RECORD === name) {
    const data = await compute(spec);
    const weights = await shippedWeights(spec.models);
    await saveRecord(name, { command: `npm run record -- ${name}`, weights, table: table(data), data });
  }
  const { data, provenance: made } = await readRecord(name);
  refuseOtherWeights(made, await readManifest());
  // What the command wrote is what the work of this very figure gave.
  return { data: data as Data, provenance: made };
}

async function compute<Data, Role extends string>({ models, work }: FigureSpec<Data, Role>): Promise<Data> {
  opened ??= openNodeEngine(MODELS);
  const engine = await opened;
  const ids = Object.entries<string>(models);
  const loaded = await Promise.all(ids.map(async ([role, id]) => [role, await engine.load(id)] as const));
  const context = { engine, signal: new AbortController().signal, ...Object.fromEntries(loaded) };
  // Object.fromEntries forgets the roles; they are those of the ids.
  return result(work(context as WorkContext<Role>));
}

/** Opening a model has held its file against the manifest. */
async function shippedWeights(models: Readonly<Record<string, string>>): Promise<Weights[]> {
  const manifest = await readManifest();
  return Object.values(models).map((id) => weightsOf(id, manifest));
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

function readManifest(): Promise<Manifest> {
  manifest ??= json("manifest.json").then(parseManifest);
  return manifest;
}

async function json(path: string): Promise<unknown> {
  return JSON.parse(await readFile(`${MODELS}/${path}`, "utf8"));
}
