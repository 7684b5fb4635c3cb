import { beforeAll, describe, expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { openContext } from "../testing/open.ts";
import { type Arithmetic, arithmeticOf, shortened } from "./arithmetic.ts";
import { factOf } from "./facts.ts";
import { fields } from "./fields.ts";
import { blocksOf, partOf, read, type WalkReading, WINDOW } from "./reading.ts";
import { IDS, type StationId, stationOf } from "./stations.ts";
import { csvAt } from "./tables.ts";
import { isThere, numbersOf, rowOfSource, shapeOf, thumbOf, viewOf } from "./views.ts";

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
        return of.products.reduce((sum, product) => sum + product, 0) / of.divisor;
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

  test("is made of the rows that are framed in what it is made of", () => {
    const [row, column] = [last, 4];
    const framed = (source: "q" | "k") => {
      const { data, columns } = numbersOf(reading, at(source), 2)!;
      const from = rowOfSource("scores", source, { row, column })! * columns;
      return data.subarray(from, from + columns);
    };
    const of = arithmeticOf(reading, at("scores"), 2, row, column);
    if (of?.kind !== "dot") throw new Error("It is no dot product.");
    expect(framed("q")).toEqual(of.query);
    expect(framed("k")).toEqual(of.key);
    expect(rowOfSource("mixed", "pattern", { row, column })).toBe(row);
    expect(rowOfSource("mixed", "v", { row, column })).toBeUndefined();
  });

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

  test("of a long row writes the largest weights, in their order, and keeps what the others come to", () => {
    const seen = Array.from({ length: 30 }, (_, i) => ({ place: i, weight: (i * 7) % 30 }));
    const { written, others } = shortened(seen);
    expect(written.map(({ place }) => place)).toEqual(written.map(({ place }) => place).toSorted((a, b) => a - b));
    expect(Math.min(...written.map(({ weight }) => weight))).toBeGreaterThan(
      Math.max(...others.map(({ weight }) => weight)),
    );
    expect(written.length + others.length).toBe(30);
    expect(shortened(seen.slice(0, 13)).others).toEqual([]);
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
    expect(viewOf(part, at("pattern", 5), 1)).toBeUndefined();
    const [whole, own] = [reading, part].map((one) => viewOf(one, at("pattern", 6), 2)!.data);
    expect(Math.abs(own!.at(-7)! - whole!.at(-7)!)).toBeLessThan(1e-4);
    expect(viewOf(part, at("mid", 6), 2)).toBeDefined();
    expect(viewOf(part, at("embed", 2), 3)).toBeDefined();
  });

  test("is small", () => {
    let numbers = 0;
    for (const { data } of partOf(reading, 6, 1).traces.values()) numbers += data.length;
    expect(numbers).toBeLessThan(12_000);
  });
});

describe("what is to be seen of the reader's own sentence", () => {
  const seen = (station: StationId, token = last) => factOf(reading, at(station), START.head, token);

  test("names the token that is looked at most, what the mask hides, and the twin of a character", () => {
    expect(seen("pattern")).toMatch(/^「吃」在这个头里看得最多的是第 5 个词元「苹」，\d/);
    expect(seen("mask")).toBe("「吃」看得到 11 个词元，挡住了 0 个。");
    expect(seen("mask", 0)).toBe("「[END]」看得到 1 个词元，挡住了 10 个。");
    expect(seen("embed")).toBe("「吃」在第 4 个位置也有，两行相差最多 0。");
    expect(seen("embed", 4)).toBeUndefined();
  });

  test("measures rows that are added, and neurons that are alight", () => {
    for (const station of ["input", "mid", "post"] as const) {
      expect(seen(station)).toMatch(/长度，.+是 \d+\.\d\d，.+是 \d+\.\d\d。$/);
    }
    const [, alight] = /大于 0.2 的有 (\d+) 格/.exec(seen("gelu") ?? "") ?? [];
    expect(Number(alight)).toBeGreaterThan(0);
    expect(Number(alight)).toBeLessThan(reading.sizes.innerWidth / 4);
  });

  test("is not said of rows that are not whole", () => {
    const part = partOf(reading, START.layer, START.head);
    for (const station of ["input", "mid", "post", "gelu"] as const) {
      expect(factOf(part, at(station), START.head, last)).toBeUndefined();
    }
    expect(factOf(part, at("pattern"), START.head, last)).toBe(seen("pattern"));
  });
});

test("nothing is read of an empty text, or of one with the marks of a format", () => {
  expect(fields.text.validate?.(" ")).toBe("先写几个字。");
  expect(fields.text.validate?.("猫[END]狗")).toContain("[END]");
});
