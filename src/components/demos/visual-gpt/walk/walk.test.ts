import { beforeAll, describe, expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { openContext } from "../testing/open.ts";
import { type Arithmetic, arithmeticOf } from "./arithmetic.ts";
import { fields } from "./fields.ts";
import { blocksOf, partOf, read, type WalkReading, WINDOW } from "./reading.ts";
import { IDS, type StationId, stationOf } from "./stations.ts";
import { csvAt } from "./tables.ts";
import { isThere, shapeOf, thumbOf, viewOf } from "./views.ts";

const START = initial(fields);
let reading: WalkReading;
let last: number;

beforeAll(async () => {
  reading = await read(await openContext(), START.text);
  last = reading.ids.length - 1;
});

const at = (station: StationId, layer = START.layer) => ({ station, layer });

test("the default shows the point: what the last character looks at most is what follows", () => {
  const { data, columns } = viewOf(reading, at("pattern"), START.head)!;
  const row = data.subarray(last * columns);
  const most = reading.tokens[row.indexOf(Math.max(...row))];
  expect(most).toBe("苹");
  expect(reading.guesses[last]![0]!.text).toBe(most);
  expect(START.station).toBe("pattern");
});

test("every station has its whole tensor, in every block, and its trace is what it says", () => {
  const { sizes, ids } = reading;
  for (const station of IDS) {
    const { form } = stationOf(station);
    if (form === "ids" || form === "guesses") continue;
    for (const layer of [1, sizes.layers]) {
      const view = viewOf(reading, at(station, layer), sizes.heads)!;
      expect(`${view.rows} × ${view.columns}`, station).toBe(shapeOf(station, reading));
      expect(view.data.length, station).toBe(view.rows * view.columns);
    }
    expect(thumbOf(reading, at(station), 1)!.data.length).toBeGreaterThanOrEqual(ids.length * 11);
  }
});

test("what the mask leaves of the scores is what they were", () => {
  for (const head of [1, 4]) {
    const [all, masked] = [viewOf(reading, at("scores"), head)!, viewOf(reading, at("mask"), head)!];
    for (let row = 0; row <= last; row++) {
      for (let column = 0; column <= last; column++) {
        const place = row * (last + 1) + column;
        if (column > row) expect(masked.data[place]).toBe(Number.NEGATIVE_INFINITY);
        else expect(masked.data[place]).toBeCloseTo(all.data[place]!, 3);
        expect(Number.isFinite(all.data[place])).toBe(true);
      }
    }
  }
});

describe("the arithmetic of a cell", () => {
  /** What the numbers that are written come to. */
  function worth(of: Arithmetic): number {
    switch (of.kind) {
      case "sum":
        return of.terms[0].value + of.terms[1].value;
      case "dot":
        return of.products.reduce((sum, product) => sum + product, 0) / of.root;
      case "mix":
        return of.seen.reduce((sum, { weight, value }) => sum + weight * value, 0);
      case "bend": {
        const x = of.value;
        return (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
      }
      default:
        return Number.NaN;
    }
  }

  test.each(["input", "mid", "post", "scores", "mask", "mixed", "gelu"] as const)(
    "of %s comes to the number of the trace, in every block",
    (station) => {
      for (let layer = 1; layer <= reading.sizes.layers; layer++) {
        for (const [row, column] of [
          [last, 0],
          [last, 7],
          [3, 2],
        ] as const) {
          const of = arithmeticOf(reading, at(station, layer), 2, row, column);
          if (!of || !("result" in of)) throw new Error("There is none.");
          const view = viewOf(reading, at(station, layer), 2)!;
          expect(of.result).toBe(view.data[row * view.columns + column]);
          expect(Math.abs(worth(of) - of.result)).toBeLessThan(1e-4 * Math.max(1, Math.abs(of.result)));
        }
      }
    },
  );

  test("of a softmax: exponentials over their sum are the weights", () => {
    for (const head of [1, 3]) {
      const of = arithmeticOf(reading, at("pattern", 3), head, last, 0);
      if (of?.kind !== "softmax") throw new Error("It is no softmax.");
      expect(of.seen).toHaveLength(last + 1);
      for (const { exponential, weight } of of.seen) expect(exponential / of.total).toBeCloseTo(weight, 4);
    }
  });

  test("of a layer norm: gain and bias are the same for every token", () => {
    for (const station of ["ln1", "ln2", "final"] as const) {
      const points = [1, 4, 9].map((row) => {
        const of = arithmeticOf(reading, at(station, 2), 1, row, 11);
        if (of?.kind !== "norm") throw new Error("It is no norm.");
        expect((of.value - of.mean) / of.scale).toBeCloseTo(of.standard, 6);
        return [of.standard, of.result] as const;
      });
      const slope = (a: number, b: number) => (points[b]![1] - points[a]![1]) / (points[b]![0] - points[a]![0]);
      expect(slope(0, 1)).toBeCloseTo(slope(1, 2), 2);
    }
  });

  test("there is none of what the mask hides, and none where too many numbers would be added", () => {
    expect(arithmeticOf(reading, at("pattern"), 1, 2, 5)).toBeUndefined();
    expect(arithmeticOf(reading, at("q"), 1, 2, 5)).toBeUndefined();
  });
});

describe("what is sent with the page", () => {
  test("has the same numbers, to four digits, for every station of its block", () => {
    const part = partOf(reading, 6, 1);
    expect(blocksOf(part)).toEqual({ first: 6, last: 6 });
    for (const station of IDS) {
      const [whole, own] = [viewOf(reading, at(station), 1), viewOf(part, at(station), 1)];
      expect(own === undefined, station).toBe(whole === undefined);
      if (!whole || !own) continue;
      expect(own.columns >= Math.min(WINDOW, whole.columns), station).toBe(true);
      for (let row = 0; row <= last; row++) {
        for (let column = 0; column < Math.min(own.columns, WINDOW); column++) {
          if (whole.hidden?.(row, column)) continue;
          const [a, b] = [whole.data[row * whole.columns + column]!, own.data[row * own.columns + column]!];
          expect(Math.abs(a - b), station).toBeLessThan(2e-3);
        }
      }
    }
    expect(csvAt(part, at("pattern"), 1, last).rows).toHaveLength(last + 1);
  });

  test("does not pass off another block or head as its own", () => {
    const part = partOf(reading, 6, 1);
    expect(isThere(part, at("q", 5), 1)).toBe(false);
    expect(viewOf(part, at("q", 6), 2)).toBeUndefined();
    expect(viewOf(part, at("mid", 6), 2)).toBeDefined();
    expect(viewOf(part, at("embed", 2), 3)).toBeDefined();
  });

  test("is small", () => {
    let numbers = 0;
    for (const { data } of partOf(reading, 6, 1).traces.values()) numbers += data.length;
    expect(numbers).toBeLessThan(12_000);
  });
});

test("nothing is read of an empty text, or of one with the marks of a format", () => {
  expect(fields.text.validate?.(" ")).toBe("先写几个字。");
  expect(fields.text.validate?.("猫[END]狗")).toContain("[END]");
});
