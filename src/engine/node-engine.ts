import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { EngineCalls } from "./client.ts";
import { Engine } from "./engine.ts";
import { EngineError } from "./errors.ts";
import { ExperimentRun, recordsOf } from "./experiments/run.ts";
import type { ModelCalls } from "./model-calls.ts";
import { describe, type ModelInfo } from "./model-info.ts";

/** What it can do besides. */
interface NodeEngine extends EngineCalls {
  /** Opens a model of the reader's own from its files. */
  open(files: readonly File[]): Promise<ModelInfo>;
}

/**
 * The engine as a page's demos ask it, in Node and without a worker: what computes a figure on the reader's machine computes it for the build, too.
 * Weights are held against the manifest, as in the browser.
 *
 * @param folder of `manifest.json`
 */
export async function openNodeEngine(folder: string): Promise<NodeEngine> {
  const engine = await Engine.create(pathToFileURL(`${folder}/`), "cpu", () => {}, fetchFile);
  const { calls } = engine;
  const call = <Name extends keyof ModelCalls>(name: Name) => calls[name].bind(calls) as ModelCalls[Name];
  return {
    encode: call("encode"),
    decode: call("decode"),
    next: call("next"),
    logProbs: call("logProbs"),
    traces: call("traces"),
    patch: call("patch"),
    logitLens: call("logitLens"),
    read: call("read"),
    readTexts: call("readTexts"),
    readPair: call("readPair"),
    inputGradients: call("inputGradients"),
    run: call("run"),
    load: async (id) => describe(await engine.load(id)),
    open: async (files) => {
      const model = await engine.load({ files });
      if (model.kind !== "checkpoint") throw new EngineError("unsupported-model", model.report.architecture);
      return describe(model);
    },
    file: (id, path) => engine.file(id, path),
    tree: async (id, options) => {
      const tree = await engine.tree(id, options);
      return {
        append: (...args) => tree.append(...args),
        extend: (...args) => tree.extend(...args),
        inspect: (...args) => tree.inspect(...args),
        dispose: async () => tree.dispose(),
      };
    },
    sample: (...args) => engine.sample(...args),
    beamSearch: (...args) => engine.beamSearch(...args),
    experiment: async (experiment, settings, seed, onChange) => {
      const { kind, device } = engine.status;
      const source = recordsOf(await engine.experiment(experiment, settings, seed));
      return new ExperimentRun({ experiment, seed, settings, device: `${kind} · ${device}` }, source, onChange);
    },
  };
}

/** `fetch` for files of this machine, which Node's own refuses. */
const fetchFile: typeof fetch = async (address) => {
  const url = new URL(address instanceof Request ? address.url : address);
  return new Response(new Uint8Array(await readFile(url)));
};
