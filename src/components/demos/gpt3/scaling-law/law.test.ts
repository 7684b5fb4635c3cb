import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readRecord } from "../../../kit/figure/record.ts";
import { type Law, lineOf, meanOf, rowsOf, sizesOf, tellLaw, tellOwn } from "./law.ts";
import { fitPowerLaw, lossAt } from "./line.ts";
import { MODELS } from "./read.ts";

const root = new URL("../../../../../", import.meta.url);
const json = (path: string) => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const law = (await readRecord("scaling-law")).data as Law;
const own = sizesOf(law).map(({ model, parameters }, i) => ({ model, parameters, loss: 6 - 0.2 * i }));

it("finds the power law that points lie on", () => {
  const exact = { a: 12, b: 0.07 };
  const fitted = fitPowerLaw([1e3, 1e4, 5e5, 2e6].map((size) => [size, lossAt(exact, size)]));
  expect(fitted.a).toBeCloseTo(12, 9);
  expect(fitted.b).toBeCloseTo(0.07, 9);
});

it("draws the line that Python has fitted, through the four sizes and no fifth", () => {
  expect(law.fitted.map(({ model }) => model)).toEqual(Object.values(MODELS).slice(0, 4));
  const fitted = fitPowerLaw(law.fitted.map((size) => [size.parameters, meanOf(size)]));
  expect(fitted.a / law.a).toBeCloseTo(1, 4);
  expect(fitted.b).toBeCloseTo(law.b.value, 4);
  for (const { parameters, loss, low, high } of law.band) {
    expect(lossAt(lineOf(law), parameters) / loss).toBeCloseTo(1, 4);
    expect(low).toBeLessThan(loss);
    expect(high).toBeGreaterThan(loss);
  }
});

it("shows the prediction that was committed, and the losses that lie with the models", () => {
  const { held_out } = json("training/scale/prediction.json");
  const { model, parameters, tokens, predicted } = law.heldOut;
  expect({ model, parameters }).toEqual({ model: MODELS.largest, parameters: held_out.parameters });
  // Trained as long as was said before, up to the last batch.
  expect(tokens / held_out.tokens).toBeCloseTo(1, 2);
  expect(predicted.loss).toBeCloseTo(held_out.loss, 4);
  expect(predicted.loss).toBeCloseTo(lossAt(lineOf(law), parameters), 3);
  for (const size of sizesOf(law)) {
    const { runs } = json(`public/models/${size.model}/evaluation.json`);
    for (const [i, { loss }] of runs.entries()) expect(size.losses[i]).toBeCloseTo(loss, 4);
  }
});

it("tells the recorded law, and what came of the reader's text as far as it has been read", () => {
  expect(tellLaw(law)).toMatch(
    /指数是 0\.\d{3}.*预测 scale-950k 的损失是 \d\.\d{3}.*后来量出来是 \d\.\d{3}，预测差 [+−]?\d+\.\d%/,
  );
  expect(tellOwn(own.slice(0, 1), law)).toBe("");
  expect(tellOwn(own.slice(0, 4), law)).toMatch(/^四个小模型的直线说：scale-950k .* \d\.\d{3}。/);
  expect(tellOwn(own, law)).toContain("五个模型的直线指数");
});

it("has a row for every size, with the reader's loss where there is one", () => {
  const rows = rowsOf(law, own.slice(0, 4));
  expect(rows.map((row) => row.own)).toEqual([6, 5.8, 5.6, expect.closeTo(5.4), null]);
  expect(rows.map(({ heldOut }) => heldOut)).toEqual([false, false, false, false, true]);
});
