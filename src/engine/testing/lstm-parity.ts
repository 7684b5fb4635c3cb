import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { LstmLanguageModel, type LstmLanguageModelConfig } from "../models/lstm-lm.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import { newWeights } from "../nn/weights.ts";
import { Random } from "../random.ts";
import { Tape } from "../tensor/tape.ts";
import { compute, fromTensors, type ModelFixture, openModelFixture } from "./model-fixture.ts";
import { relativeError } from "./relative-error.ts";
import { type Batch, describeTraining } from "./training-run.ts";

/** Holds the LSTM language model, on one backend, against PyTorch (`training/fixtures_lstm.py`), and against itself. */
export function describeLstm(
  name: string,
  createBackend: () => Promise<Backend>,
  tolerance: number,
  gradientTolerance: number,
): void {
  describeTraining(
    name,
    "lstm-lm",
    createBackend,
    (backend, config: LstmLanguageModelConfig, weights) => {
      const model = new LstmLanguageModel(backend, config, weights);
      const loss = (tape: Tape, batch: Batch) => model.loss(tape, tokenBatch(batch), Int32Array.from(batch.targets!));
      return { parameters: model.parameters, loss };
    },
    gradientTolerance,
  );

  describe(`LSTM language model on ${name}`, () => {
    let backend: Backend;
    let fixture: ModelFixture;
    let model: LstmLanguageModel;
    let batch: Required<TokenBatch>;
    beforeAll(async () => {
      backend = await createBackend();
      fixture = await openModelFixture("lstm-lm");
      model = new LstmLanguageModel(backend, fixture.config as LstmLanguageModelConfig, fromTensors(fixture.weights));
      batch = tokenBatch(fixture.batch);
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    test("states, logits and the state after each sequence's own last token equal PyTorch's", async () => {
      const { outputs, traces } = await compute(
        backend,
        (tape, trace) => {
          const { logits, final } = model.forward(tape, batch, { trace });
          return [logits, ...final.flatMap(({ hidden, cell }) => [hidden, cell])];
        },
        { names: model.traceNames, wanted: ["lstm.1.hidden"] },
      );
      const [logits, ...final] = outputs;
      expect(relativeError(logits!, fixture.floats("logits"))).toBeLessThan(tolerance);
      expect(relativeError(traces.get("lstm.1.hidden")!.data, fixture.floats("states"))).toBeLessThan(tolerance);
      const size = batch.batch * model.config.width;
      for (const layer of [0, 1]) {
        const own = (key: string) => fixture.floats(key).subarray(layer * size, (layer + 1) * size);
        expect(relativeError(final[2 * layer]!, own("finalHidden"))).toBeLessThan(tolerance);
        expect(relativeError(final[2 * layer + 1]!, own("finalCell"))).toBeLessThan(tolerance);
      }
    });

    test("a text goes on from the state in which its first half ended", async () => {
      const { width, vocabularySize } = model.config;
      const text = batch.ids.subarray(0, 7);
      const { outputs } = await compute(backend, (tape) => {
        const { final } = model.forward(tape, { ids: text.slice(0, 4), batch: 1 });
        const rest = model.forward(tape, { ids: text.slice(4), batch: 1 }, { initial: final });
        const whole = model.forward(tape, { ids: text.slice(), batch: 1 });
        return [rest.logits, whole.logits, rest.final[1]!.cell, whole.final[1]!.cell];
      });
      const [rest, whole, restCell, wholeCell] = outputs;
      expect(relativeError(rest!, whole!.subarray(4 * vocabularySize))).toBeLessThan(1e-6);
      expect(restCell).toHaveLength(width);
      expect(relativeError(restCell!, wholeCell!)).toBeLessThan(1e-6);
    });

    test("a trace holds the gates and the state after every token, and changes no output, to the last bit", async () => {
      const run = (wanted: string[]) =>
        compute(backend, (tape, trace) => [model.forward(tape, batch, { trace }).logits], {
          names: model.traceNames,
          wanted,
        });
      const [plain, traced] = [await run([]), await run(["*", "lstm.*.*"])];
      expect(traced.outputs).toEqual(plain.outputs);
      expect([...traced.traces.keys()].sort()).toEqual([...model.traceNames].sort());
      expect(traced.traces.get("lstm.0.gates")!.shape).toEqual([3, 7, 48]);
      const [hidden, cell, gates] = ["hidden", "cell", "gates"].map((key) => traced.traces.get(`lstm.1.${key}`)!.data);
      // The hidden state is the cell through its output gate, the last of four.
      const width = model.config.width;
      const expected = cell!.map((value, i) => {
        const gate = gates![Math.floor(i / width) * 4 * width + 3 * width + (i % width)]!;
        return Math.tanh(value) / (1 + Math.exp(-gate));
      });
      expect(relativeError(hidden!, expected)).toBeLessThan(tolerance);
    });

    test("the same seed draws the same model, and a loss of about log(vocabulary) before training", async () => {
      const { vocabularySize } = model.config;
      const losses: number[] = [];
      for (const seed of [1, 1, 2]) {
        const drawn = new LstmLanguageModel(backend, model.config, newWeights(new Random(seed)));
        const { outputs } = await compute(backend, (tape) => [
          drawn.loss(tape, batch, Int32Array.from(fixture.batch.targets!)),
        ]);
        losses.push(outputs[0]![0]!);
        drawn.dispose();
      }
      expect(losses[0]).toBe(losses[1]);
      expect(losses[0]).not.toBe(losses[2]);
      expect(Math.abs(losses[0]! - Math.log(vocabularySize))).toBeLessThan(0.3);
    });

    test("what cannot be read is refused", () => {
      const tape = new Tape(backend, "off");
      expect(() => model.forward(tape, { ids: Int32Array.of(23), batch: 1 })).toThrow("词表里没有编号 23");
      expect(() => model.forward(tape, { ids: new Int32Array(0), batch: 1 })).toThrow("至少要有一个词元");
      tape.dispose();
    });
  });
}

function tokenBatch({ ids, lengths }: Batch): Required<TokenBatch> {
  return { ids: Int32Array.from(ids!), batch: lengths!.length, lengths: Int32Array.from(lengths!) };
}
