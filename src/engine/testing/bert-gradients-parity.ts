import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Coalition, coalitionTexts } from "../analysis/coalitions.ts";
import { logOdds } from "../analysis/occlusion.ts";
import { shapleyValues } from "../analysis/shapley.ts";
import type { Backend } from "../backends/backend.ts";
import type { TensorView } from "../files/safetensors.ts";
import { Bert } from "../models/bert.ts";
import { inputGradients } from "../models/bert-gradients.ts";
import { readTexts } from "../models/bert-reading.ts";
import type { ClassifiedText } from "../models/bert-words.ts";
import { bertConfig } from "./bert-fixture.ts";
import { type ModelFixture, openModelFixture } from "./model-fixture.ts";
import { inHalves, inInt8 } from "./narrow.ts";
import { relativeError } from "./relative-error.ts";

/** As in `bert_attributions` of `training/fixtures_bert.py`. */
const HIDDEN = 1;
const STEPS = 16;
/** More tokens than the model reads. */
const LONG = new Array<number>(11).fill(0);

interface Explained {
  readonly text: ClassifiedText;
  readonly chosen: number;
  readonly baseline: readonly number[];
}

/**
 * Holds gradients by word embeddings, on one backend, against PyTorch's, and against what they promise.
 *
 * @param tolerance largest relative error of gradient × input and of integrated gradients, and largest difference of log-odds, in nats
 */
export function describeInputGradients(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  describe(`gradients by the words of a text on ${name}`, () => {
    let backend: Backend;
    let fixture: ModelFixture;
    let model: Bert;
    let texts: Explained[];
    beforeAll(async () => {
      backend = await createBackend();
      fixture = await openModelFixture("bert-classifier");
      model = open(fixture.weights);
      const { ids = [], segments = [], lengths = [], classes = [] } = fixture.batch;
      const longest = ids.length / lengths.length;
      texts = lengths.map((length, row) => {
        const own = (numbers: readonly number[]) => numbers.slice(row * longest, row * longest + length);
        const text = { ids: own(ids), segments: own(segments) };
        const baseline = text.ids.map((id, place) => (place > 0 && place < length - 1 ? HIDDEN : id));
        return { text, chosen: classes[row]!, baseline };
      });
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    const open = (weights: ReadonlyMap<string, TensorView>, packed = false) =>
      Bert.open(backend, bertConfig(fixture.config), weights, { packed });
    const explain = ({ text, ...rest }: Explained, steps = STEPS) => inputGradients(model, text, { ...rest, steps });

    test("gradient × input and integrated gradients equal PyTorch's", async () => {
      for (const [row, explained] of texts.entries()) {
        const found = await explain(explained);
        for (const key of ["gradientTimesInput", "integratedGradients"] as const) {
          const expected = fixture.floats(`${key}.${row}`);
          expect(relativeError(found[key], expected), `${key} of text ${row}`).toBeLessThan(tolerance);
        }
      }
    });

    test("integrated gradients share out the log-odds that the text has and the baseline has not, as Shapley values do", async () => {
      const before = { ...backend.memory };
      for (const explained of texts) {
        const { text, chosen } = explained;
        // More points than run together.
        const { integratedGradients, score, baselineScore } = await explain(explained, 128);
        const places = [...text.ids.keys()].slice(1, -1);
        const { values, empty, full } = await shapleyValues(places.length, async (coalitions: readonly Coalition[]) => {
          const readings = await readTexts(model, coalitionTexts(text, places, coalitions, HIDDEN));
          return readings.map(({ classes }) => logOdds(classes!, chosen));
        });
        expect(Math.abs(score - full)).toBeLessThan(tolerance);
        expect(Math.abs(baselineScore - empty)).toBeLessThan(tolerance);
        expect(Math.abs(sum(integratedGradients) - (score - baselineScore))).toBeLessThan(tolerance);
        expect(Math.abs(sum(integratedGradients) - sum(values))).toBeLessThan(2 * tolerance);
        expect(Math.abs(score - baselineScore)).toBeGreaterThan(10 * tolerance);
        // What is the same in both has no part in the difference.
        expect([integratedGradients[0], integratedGradients.at(-1)]).toEqual([0, 0]);
        expect(integratedGradients.every(Number.isFinite)).toBe(true);
      }
      expect({ ...backend.memory }).toEqual(before);
    });

    test("half-precision weights give what the same numbers in 32 bits give", async () => {
      const halves = inHalves(fixture.weights);
      const [packed, plain] = [open(halves, true), open(halves)];
      const { text, ...rest } = texts[0]!;
      const [own, expected] = await Promise.all(
        [packed, plain].map((each) => inputGradients(each, text, { ...rest, steps: 4 })),
      );
      expect([...packed.parameters].some(({ storage }) => "codes" in storage)).toBe(backend.prefersHalves);
      expect(relativeError(own!.integratedGradients, expected!.integratedGradients)).toBeLessThan(1e-5);
      packed.dispose();
      plain.dispose();
    });

    test("what cannot be explained is refused with a sentence, and nothing stays in memory", async () => {
      const rounded = [...inInt8(fixture.weights, "rows")].map(
        ([key, stored]) => [key, { ...stored, name: key }] as const,
      );
      const quantized = open(new Map(rounded) as ReadonlyMap<string, TensorView>, true);
      const encoder = [...fixture.weights].filter(([key]) => !key.startsWith("classifier."));
      const bare = open(new Map(encoder));
      const before = { ...backend.memory };
      const { text, ...rest } = texts[1]!;
      const good = { ...rest, steps: 2 };
      const refused: [Bert, ClassifiedText, typeof good, string][] = [
        [quantized, text, good, "8 位"],
        [bare, text, good, "不分类"],
        [model, text, { ...good, chosen: 3 }, "没有类别 3"],
        [model, text, { ...good, chosen: Number.NaN }, "没有类别"],
        [model, text, { ...good, steps: 0 }, "步数"],
        [model, text, { ...good, steps: 1.5 }, "步数"],
        [model, text, { ...good, steps: 257 }, "步数"],
        [model, text, { ...good, baseline: [1] }, "一样多"],
        [model, text, { ...good, baseline: text.ids.map(() => 37) }, "没有编号 37"],
        [model, { ...text, segments: [0] }, good, "段号"],
        [model, { ...text, segments: text.ids.map(() => 2) }, good, "段号"],
        [model, { ids: [], segments: [] }, { ...good, baseline: [] }, "至少要有一个词元"],
        [model, { ids: LONG, segments: LONG }, { ...good, baseline: LONG }, "最多读 10 个"],
      ];
      for (const [own, read, options, sentence] of refused) {
        const error = inputGradients(own, read, options);
        await expect(error).rejects.toMatchObject({ code: "bad-input", message: expect.stringContaining(sentence) });
      }
      expect({ ...backend.memory }).toEqual(before);
      quantized.dispose();
      bare.dispose();
    });
  });
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, value) => total + value, 0);
}
