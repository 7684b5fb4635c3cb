import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Fields } from "../kit/state/fields.ts";
import { splitHash } from "../kit/state/hash-state.ts";
import { fields as writer } from "../subjects/reviews/fields.ts";
import { rewardFields as reward } from "../subjects/reviews/reward/fields.ts";
import { fields as attended } from "./analysis/attended/attended.ts";
import { fields as threshold } from "./analysis/threshold/threshold.ts";
import { fields as mask } from "./attention/mask/mask.ts";
import { fields as rootD } from "./attention/scale/scale.ts";
import { fields as worksheet } from "./attention/worksheet/sheet.ts";
import { fields as cascade } from "./attribution/cascade/fields.ts";
import { fields as six } from "./attribution/six/fields.ts";
import { fields as clip } from "./cart-pole/clip/fields.ts";
import { compareFields } from "./cart-pole/compare-fields.ts";
import { fields as gae } from "./cart-pole/gae/fields.ts";
import { trainFields } from "./cart-pole/train.ts";
import { fields as ownSide } from "./chatgpt/fence/own.ts";
import { fields as loss } from "./chatgpt/loss/score.ts";
import { fields as measured } from "./chatgpt/measured/measure.ts";
import { fields as side } from "./chatgpt/side-by-side/answer.ts";
import { fields as talk } from "./chatgpt/talk/converse.ts";
import { beamFields } from "./decoding/beam/fields.ts";
import { fields as compare } from "./decoding/compare/fields.ts";
import { fields as step } from "./decoding/step/fields.ts";
import { topKFields, topPFields } from "./decoding/steps/fields.ts";
import { fields as temperature } from "./decoding/sweep/fields.ts";
import { stateFields, fields as translators, whatIfFields } from "./encoder-decoder/fields.ts";
import { fields as who } from "./explainable-ai/who/fields.ts";
import { fields as calculator } from "./gpt3/calculator/calculator.ts";
import { fields as fewShot } from "./gpt3/few-shot/few-shot.ts";
import { fields as induction } from "./gpt3/induction/induction.ts";
import { fields as scalingLaw } from "./gpt3/scaling-law/read.ts";
import { fields as bert } from "./implement-bert/fields.ts";
import { fields as pretraining } from "./implement-bert/pretraining/step.ts";
import { fields as scale } from "./llm-intro/scale.ts";
import { fields as goodhart } from "./rlhf/goodhart/fields.ts";
import { fields as leash } from "./rlhf/leash/reading.ts";
import { fields as pairs } from "./rlhf/pairs/fields.ts";
import { fields as workflow } from "./rlhf/workflow/fields.ts";
import { fields as stars } from "./rlhf-gpt/own-labels/star-rounds/fields.ts";
import { fields as hacking } from "./rlhf-gpt/reward-hacking/fields.ts";
import { fields as parity } from "./tools/parity/fields.ts";
import { fields as bpe } from "./training/bpe/bpe.ts";
import { fields as race } from "./training/race/race.ts";
import { fields as units } from "./training/units/units.ts";
import { fields as bertFeatures } from "./visual-bert/features/fields.ts";
import { fields as fillMask } from "./visual-bert/fill-mask/fields.ts";
import { fields as fineTune } from "./visual-bert/fine-tune/fields.ts";
import { fields as bertHeads } from "./visual-bert/heads/fields.ts";
import { fields as bertInput } from "./visual-bert/input/read.ts";
import { examFields, judgeFields } from "./visual-bert/judge/fields.ts";
import { fields as leftOrBoth } from "./visual-bert/left-or-both/fields.ts";
import { fields as maskRule } from "./visual-bert/mask-rule/fields.ts";
import { fields as nextSentence } from "./visual-bert/next-sentence/judge.ts";
import { fields as features } from "./visual-gpt/features/fields.ts";
import { fields as film } from "./visual-gpt/film/fields.ts";
import { fields as heads } from "./visual-gpt/heads.ts";
import { fields as lens } from "./visual-gpt/lens/fields.ts";
import { fields as neurons } from "./visual-gpt/neurons/fields.ts";
import { fields as norms } from "./visual-gpt/norms/fields.ts";
import { fields as patch } from "./visual-gpt/patch/fields.ts";
import { fields as perplexity } from "./visual-gpt/perplexity/fields.ts";
import { fields as position } from "./visual-gpt/position/fields.ts";
import { fields as twoSides } from "./visual-gpt/two-sides/fields.ts";
import { fields as walk } from "./visual-gpt/walk/fields.ts";
import { IDS } from "./visual-gpt/walk/stations.ts";
import { fields as yourModel } from "./your-model/fields.ts";

/** The fields of the demos to whose settings the text of a chapter leads, by the end of its address. */
const CHAPTERS: Readonly<Record<string, Readonly<Record<string, Fields>>>> = {
  "introduction/analysis": { threshold, attended },
  "introduction/attention": { worksheet, "root-d": rootD, mask },
  "introduction/training": { bpe, units, race },
  attribution: { six, cascade },
  chatgpt: { side, measured, talk, loss, "own-side": ownSide },
  "ppo-cartpole": { train: trainFields, compare: compareFields, gae, clip },
  decoding: { step, "beam-tree": beamFields, temperature, "top-k": topKFields, "top-p": topPFields, compare },
  "encoder-decoder": { translators, states: stateFields, "what-if": whatIfFields },
  "explainable-ai": { who },
  gpt3: { calculator, "scaling-law": scalingLaw, induction, "few-shot": fewShot },
  "implement-bert": { bert, pretraining },
  "llm-intro": { scale },
  rlhf: { pairs, workflow, leash, goodhart },
  "rlhf-gpt": { writer, stars, hacking, reward },
  "visual-bert": {
    ...{ heads: bertHeads, input: bertInput, features: bertFeatures, judge: judgeFields },
    ...{ "fill-mask": fillMask, "mask-rule": maskRule, "left-or-both": leftOrBoth, "next-sentence": nextSentence },
    ...{ "fine-tune": fineTune, "judge-exam": examFields, "your-model": yourModel },
  },
  tools: { parity },
  "visual-gpt": {
    ...{ walk, heads, position, perplexity, patch, lens, film, features, neurons, norms },
    "two-sides": twoSides,
  },
};

const folder = new URL("../../content/docs/", import.meta.url).pathname;
const links = globSync("**/*.mdx", { cwd: folder }).flatMap((file) =>
  [...readFileSync(folder + file, "utf8").matchAll(/\]\([^)#\s]*(#[^)\s?]+\?[^)]+)\)/g)].map(([, hash = ""]) => ({
    file,
    hash,
  })),
);

it("there are links that set demos, in every chapter that is said to have some", () => {
  expect(links.length).toBeGreaterThan(60);
  for (const chapter of Object.keys(CHAPTERS)) expect(links.some(({ file }) => file.includes(chapter))).toBe(true);
});

it("every station of the walk has a word in the text that leads to it", () => {
  const named = links.flatMap(({ file, hash }) =>
    file.endsWith("visual-gpt/index.mdx") ? (splitHash(hash).params.get("walk.station") ?? []) : [],
  );
  expect(IDS.filter((id) => !named.includes(id))).toEqual([]);
});

it.each(links)("$file: $hash sets what the demo has, to what it can be", ({ file, hash }) => {
  const chapter = Object.keys(CHAPTERS).find((name) => `/${file}`.match(`/${name}[/.]`));
  const { anchor, params } = splitHash(hash);
  for (const [name, written] of params) {
    const [demo = "", key = ""] = name.split(".");
    expect(demo).toBe(anchor);
    const field = CHAPTERS[chapter ?? ""]?.[demo]?.[key];
    expect(field, name).toBeDefined();
    // What a demo cannot take, it moves to the nearest that it can: the text would say something else than the reader sees.
    const value = field!.decode(written);
    expect(value, `${name}=${written}`).toBeDefined();
    expect(field!.encode(value!), name).toBe(written);
  }
});
