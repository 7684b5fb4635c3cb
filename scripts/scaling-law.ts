import { readFile } from "node:fs/promises";
import { type Law, type Measured, meanOf } from "../src/components/demos/gpt3/scaling-law/law.ts";
import { saveRecord, weightsIn } from "../src/components/kit/figure/record.ts";
import { JsonObject } from "../src/engine/files/json.ts";

/**
 * `npm run scaling-law`: gathers what `python3 -m training evaluate scale-* --split test` has measured and `python3 -m training scaling-law` had
 * predicted, and writes what 9.3 shows, `src/recorded/scaling-law.json`.
 */

const MODELS = "public/models";
const PREDICTION = "training/scale/prediction.json";

async function read(path: string): Promise<JsonObject> {
  return new JsonObject(JSON.parse(await readFile(path, "utf8")), path);
}

/** What a size has lost on the test set: its evaluation lies with the model. */
async function measured(model: string): Promise<Measured & { readonly seeds: readonly number[] }> {
  const result = await read(`${MODELS}/${model}/evaluation.json`);
  const runs = result.objects("runs");
  return {
    model,
    parameters: result.number("parameters"),
    tokens: runs[0]?.number("tokens") ?? Number.NaN,
    losses: runs.map((run) => run.number("loss")),
    seeds: runs.map((run) => run.number("seed")),
  };
}

const interval = (part: JsonObject): { low: number; high: number } => ({
  low: part.number("low"),
  high: part.number("high"),
});

const prediction = await read(PREDICTION);
const foreseen = prediction.object("held_out");
const models = [...prediction.objects("points").map((point) => point.string("model")), foreseen.string("model")];
const sizes = await Promise.all(models.map(measured));
const test = await read(`${MODELS}/${models.at(-1)}/evaluation.json`);
const [heldOut] = sizes.slice(-1);
if (!heldOut || test.string("split") !== "test") throw new Error(`${models.at(-1)} was not measured on the test set`);

const plain = ({ seeds: _, ...size }: (typeof sizes)[number]): Measured => size;
const law: Law = {
  fitted: sizes.slice(0, -1).map(plain),
  a: prediction.number("a"),
  b: { value: prediction.object("b").number("value"), ...interval(prediction.object("b")) },
  rSquared: prediction.number("r_squared"),
  band: prediction.objects("band").map((place) => ({
    parameters: place.number("parameters"),
    loss: place.number("loss"),
    ...interval(place),
  })),
  heldOut: {
    ...plain(heldOut),
    predicted: { loss: foreseen.number("loss"), noGain: foreseen.number("no_gain"), ...interval(foreseen) },
  },
  characters: test.number("characters"),
  texts: test.number("texts"),
};

const { predicted } = law.heldOut;
await saveRecord("scaling-law", {
  command: "npm run scaling-law",
  weights: await Promise.all(models.map((model) => weightsIn(`${MODELS}/${model}`))),
  settings: { tokensPerParameter: Math.round(heldOut.tokens / heldOut.parameters), split: "test" },
  seeds: [...new Set(sizes.flatMap(({ seeds }) => seeds))],
  table: {
    columns: ["直线", "指数", "R²", "预测", "95% 下限", "95% 上限", "和小一号一样", "量出来", "预测差", "不变差"],
    rows: [
      [
        "四个小模型",
        law.b.value,
        law.rSquared,
        predicted.loss,
        predicted.low,
        predicted.high,
        predicted.noGain,
        meanOf(heldOut),
        predicted.loss / meanOf(heldOut) - 1,
        predicted.noGain / meanOf(heldOut) - 1,
      ],
    ],
  },
  data: law,
});
