import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { parseModelFiles } from "../files/loader.ts";
import { parseManifest } from "../files/manifest.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "../files/safetensors.ts";
import { Bert } from "../models/bert.ts";
import { readText } from "../models/bert-reading.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import { loadFixture } from "./load.ts";
import { relativeError } from "./relative-error.ts";

const PREFIX = "src/engine/testdata";

/** What PyTorch computed with shipped weights (`training/common/golden.py`). */
export class ShippedFixture {
  readonly #tensors: ReadonlyMap<string, TensorView>;

  private constructor(tensors: ReadonlyMap<string, TensorView>) {
    this.#tensors = tensors;
  }

  static async open(id: string): Promise<ShippedFixture> {
    return new ShippedFixture(parseSafetensors(await loadFixture(`${PREFIX}/${id}/forward.safetensors`)));
  }

  floats(key: string): Float32Array {
    return toFloat32(this.#view(key));
  }

  ids(key: string): number[] {
    return [...new Int32Array(this.#view(key).data.slice().buffer)];
  }

  #view(key: string): TensorView {
    const view = this.#tensors.get(key);
    if (!view) throw new Error(`The fixture has no ${key}.`);
    return view;
  }
}

/** What a model makes of the ids of one text of the fixture: an array for each tensor that the fixture has of it, by its name there. */
type Compute = (ids: number[], segments: () => number[]) => Promise<Map<string, Float32Array>>;

/**
 * Holds every model of the manifest, on one backend, against what PyTorch computed with the same weights: logits of all heads, attention
 * and output of every block.
 *
 * @param tolerance largest relative error (`relativeError`) of a tensor
 */
export async function describeShipped(
  name: string,
  createBackend: () => Promise<Backend>,
  tolerance: number,
): Promise<void> {
  const { models } = parseManifest(
    JSON.parse(new TextDecoder().decode(await loadFixture("public/models/manifest.json"))),
  );

  describe.each(models.map(({ id }) => id))(`%s on ${name}`, (id) => {
    let backend: Backend;
    let model: Gpt2 | Bert;
    let compute: Compute;
    let fixture: ShippedFixture;

    beforeAll(async () => {
      backend = await createBackend();
      fixture = await ShippedFixture.open(id);
      const { config, tensors } = await parseModelFiles((path) => loadFixture(`public/models/${id}/${path}`));
      if (config.architecture === "gpt2") {
        const gpt2 = Gpt2.open(backend, config, tensors);
        [model, compute] = [gpt2, computeGpt2(gpt2)];
      } else if (config.architecture === "bert") {
        const bert = Bert.open(backend, config, tensors);
        [model, compute] = [bert, computeBert(bert)];
      }
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    test.each(["a", "b"])("text %s: logits, attention and the output of every block equal PyTorch's", async (text) => {
      const computed = await compute(fixture.ids(`${text}.ids`), () => fixture.ids(`${text}.segments`));
      expect(computed.size).toBeGreaterThan(2);
      for (const [key, data] of computed) {
        expect(relativeError(data, fixture.floats(`${text}.${key}`)), key).toBeLessThan(tolerance);
      }
    });
  });
}

/** What leaves a block: BERT normalizes behind the sum, GPT-2 in front of what is added. */
const GPT2_OUTPUT = "resid_post";
const BERT_OUTPUT = "normalized_resid_post";

function computeGpt2(model: Gpt2): Compute {
  return async (ids) => {
    const tree = new Gpt2Tree(model);
    try {
      const { steps, traces } = await tree.inspect(null, ids, [
        "blocks.0.resid_pre",
        "ln_final.normalized",
        ...watched(GPT2_OUTPUT),
      ]);
      const size = model.config.vocabularySize;
      const logits = new Float32Array(steps.length * size);
      for (const [i, step] of steps.entries()) logits.set(step.logits, i * size);
      return new Map([
        ["logits", logits],
        ["embed", traced(traces, "blocks.0.resid_pre")],
        ["ln_f", traced(traces, "ln_final.normalized")],
        ...ofLayers(model.config.layers, traces, GPT2_OUTPUT),
      ]);
    } finally {
      tree.dispose();
    }
  };
}

function computeBert(model: Bert): Compute {
  return async (ids, segments) => {
    const reading = await readText(
      model,
      { ids, segments: segments() },
      { guesses: [...ids.keys()], trace: ["full_embed", ...watched(BERT_OUTPUT)] },
    );
    const size = model.config.vocabularySize;
    const words = new Float32Array(reading.tokens.length * size);
    for (const [i, logits] of reading.tokens.entries()) words.set(logits, i * size);
    const heads = new Map([
      ["words", words.length > 0 ? words : null],
      ["pair", reading.nextSentence],
      ["classes", reading.classes],
    ]);
    return new Map([
      ...[...heads].filter((head): head is [string, Float32Array] => head[1] !== null),
      ["embed", traced(reading.traces, "full_embed")],
      ...ofLayers(model.config.layers, reading.traces, BERT_OUTPUT),
    ]);
  };
}

type Traces = ReadonlyMap<string, { readonly data: Float32Array }>;

function watched(output: string): string[] {
  return ["blocks.*.attn.pattern", `blocks.*.${output}`];
}

function* ofLayers(layers: number, traces: Traces, output: string): Generator<[string, Float32Array]> {
  for (let layer = 0; layer < layers; layer++) {
    yield [`attn.${layer}`, traced(traces, `blocks.${layer}.attn.pattern`)];
    yield [`resid.${layer}`, traced(traces, `blocks.${layer}.${output}`)];
  }
}

function traced(traces: Traces, name: string): Float32Array {
  return traces.get(name)?.data ?? new Float32Array(0);
}
