import { afterAll, beforeAll, expect, test } from "vitest";
import { CAUSAL_ROLES, causalRoleShares } from "../../../engine/analysis/causal-roles.ts";
import { choosiestNeurons } from "../../../engine/analysis/neurons.ts";
import { attentionRollout } from "../../../engine/analysis/rollout.ts";
import { createCpuBackend } from "../../../engine/backends/cpu/cpu.ts";
import { logSoftmax } from "../../../engine/decoding/softmax.ts";
import { type Gpt2Config, parseConfig } from "../../../engine/files/config.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "../../../engine/files/safetensors.ts";
import { Gpt2 } from "../../../engine/models/gpt2.ts";
import { patchedLogits } from "../../../engine/models/gpt2-patching.ts";
import { Gpt2Tree } from "../../../engine/models/gpt2-tree.ts";
import { loadFixture } from "../../../engine/testing/load.ts";
import { relativeError } from "../../../engine/testing/relative-error.ts";
import { shareMoved } from "./patch/patch.ts";

/** Largest relative error (`relativeError`). */
const TOLERANCE = 1e-4;
/** Of `training/fixtures_drawn.py`. */
const CONTEXTS = 4;

/** What the demos of this chapter make of a model's tensors is what PyTorch makes of them (`training/fixtures_drawn.py`). */
let model: Gpt2;
let drawn: (name: string) => Float32Array;
let ids: number[];
let donor: number[];
let answers: number[];

const integers = (view: TensorView | undefined): number[] => [...new Int32Array(view!.data.slice().buffer)];
const fixture = async (name: string) => parseSafetensors(await loadFixture(`src/engine/testdata/${name}`));

beforeAll(async () => {
  const run = JSON.parse(new TextDecoder().decode(await loadFixture("src/engine/testdata/training/gpt2-tiny.json")));
  const weights = await fixture("training/gpt2-tiny.safetensors");
  const checkpoint = new Map([...weights].map(([key, view]) => [key.replace(/^weight\./, ""), view]));
  model = Gpt2.open(await createCpuBackend(), parseConfig(run.config) as Gpt2Config, checkpoint);
  const tensors = await fixture("gpt2-tiny/drawn.safetensors");
  drawn = (name) => toFloat32(tensors.get(name)!);
  answers = integers(tensors.get("answers"));
  ids = integers((await fixture("gpt2-tiny/forward.safetensors")).get("ids"));
  donor = integers((await fixture("gpt2-tiny/patching.safetensors")).get("donor"));
});
afterAll(() => model.dispose());

async function inspect(text: readonly number[], names: readonly string[]) {
  const tree = new Gpt2Tree(model);
  const { steps, traces } = await tree.inspect(null, text, names);
  tree.dispose();
  return { logProbs: logSoftmax(steps.at(-1)!.logits), tensors: [...traces.values()] };
}

test("attention is rolled out as in PyTorch, layer by layer", async () => {
  const { tensors } = await inspect(ids, ["blocks.*.attn.pattern"]);
  const rolled = attentionRollout(tensors);
  expect(rolled).toHaveLength(model.config.layers);
  for (const [layer, own] of rolled.entries()) {
    expect(relativeError(own, drawn(`rollout.${layer}`)), `layer ${layer}`).toBeLessThan(TOLERANCE);
  }
});

test("heads give as much to each role as in PyTorch", async () => {
  const { tensors } = await inspect(ids, ["blocks.*.attn.pattern"]);
  for (const [layer, pattern] of tensors.entries()) {
    const shares = causalRoleShares(ids, pattern).flatMap((own) => CAUSAL_ROLES.map((role) => own[role]!));
    expect(relativeError(Float32Array.from(shares), drawn(`shares.${layer}`)), `layer ${layer}`).toBeLessThan(
      TOLERANCE,
    );
  }
});

test("neurons are as choosy as in PyTorch", async () => {
  const { tensors } = await inspect(ids, ["blocks.*.mlp.post"]);
  for (const [layer, activations] of tensors.entries()) {
    const found = choosiestNeurons(activations, { contexts: CONTEXTS, count: Number.POSITIVE_INFINITY });
    const own = found.toSorted((a, b) => a.neuron - b.neuron).map(({ selectivity }) => selectivity);
    expect(relativeError(Float32Array.from(own), drawn(`selectivity.${layer}`)), `layer ${layer}`).toBeLessThan(
      TOLERANCE,
    );
  }
});

test("a patch moves the answer as far as in PyTorch", async () => {
  const [first = 0, second = 0] = answers;
  const leanOf = (logProbs: Float32Array): number => logProbs[first]! - logProbs[second]!;
  const [own, other] = [await inspect(ids, ["logits"]), await inspect(donor, ["logits"])];
  expect([other, own].map(({ logProbs }) => logProbs.indexOf(Math.max(...logProbs)))).toEqual(answers);
  const side = { tokens: [], ids: [], front: 0, answer: "" };
  const sides = { donor: { ...side, lean: leanOf(other.logProbs) }, into: { ...side, lean: leanOf(own.logProbs) } };
  for (let block = 0; block <= model.config.layers; block++) {
    const places = await patchedLogits(model, ids, donor, block);
    const moved = places.map((logits) => shareMoved(sides, leanOf(logSoftmax(logits))));
    expect(relativeError(Float32Array.from(moved), drawn(`moved.${block}`)), `block ${block}`).toBeLessThan(TOLERANCE);
  }
});
