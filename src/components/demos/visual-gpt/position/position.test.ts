import { beforeAll, expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { openContext } from "../testing/open.ts";
import { fields } from "./fields.ts";
import { comparedOf, lossRows, meanLoss, type Reading, read, rowsOf, WAYS } from "./position.ts";

const START = initial(fields);
let reading: Reading;

beforeAll(async () => {
  reading = await read(await openContext(), START);
});

test("the default shows the point: whatever is done to its positions, the model loses", () => {
  const [own, ...others] = reading.altered.map(meanLoss);
  for (const other of others) expect(other).toBeGreaterThan(own! + 0.5);
});

test("the default head looks at the token before it, as long as it knows positions", () => {
  const length = reading.ids.length;
  const shares = reading.altered.map(({ patterns }) => {
    const { data } = patterns.get(START.layer)!;
    const own = data.subarray((START.head - 1) * length ** 2);
    let sum = 0;
    for (let row = 1; row < length; row++) sum += own[row * length + row - 1]!;
    return sum / (length - 1);
  });
  expect(shares[0]).toBeGreaterThan(0.5);
  for (const share of shares.slice(1)) expect(share).toBeLessThan(0.3);
});

test("rows of the table: its own, moved, the same in another order, none", () => {
  const settings = { shift: 7, seed: 3 };
  expect(rowsOf("own", 4, settings)).toBe("own");
  expect(rowsOf("none", 4, settings)).toBe("none");
  expect([...rowsOf("shifted", 4, settings)]).toEqual([7, 8, 9, 10]);
  const shuffled = [...rowsOf("shuffled", 20, settings)].map(Number);
  expect(shuffled).not.toEqual(shuffled.toSorted((a, b) => a - b));
  expect(shuffled.toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
  expect([...rowsOf("shuffled", 20, { shift: 7, seed: 4 })]).not.toEqual(shuffled);
});

test("likeness is that of a position with itself 1, and the same both ways", () => {
  const { count } = reading.compared;
  for (let i = 0; i < count; i += 9) {
    expect(reading.likeness[i * count + i]).toBeCloseTo(1, 5);
    for (let j = 0; j < count; j += 7) {
      expect(reading.likeness[i * count + j]).toBeCloseTo(reading.likeness[j * count + i]!, 6);
    }
  }
});

test("the positions that are compared span the table of any model, as far as there is room", () => {
  expect(comparedOf(256)).toEqual({ count: 64, step: 4 });
  expect(comparedOf(1024)).toEqual({ count: 64, step: 4 });
  expect(comparedOf(100)).toEqual({ count: 50, step: 2 });
  expect(comparedOf(32)).toEqual({ count: 32, step: 1 });
  for (const rows of [1, 7, 64, 65, 129, 200]) {
    const { count, step } = comparedOf(rows);
    expect((count - 1) * step).toBeLessThan(rows);
  }
});

test("the table has what was lost on every token behind the first, in every way", () => {
  const rows = lossRows(reading);
  expect(rows).toHaveLength(reading.ids.length - 1);
  for (const { losses } of rows) {
    expect(losses).toHaveLength(WAYS.length);
    for (const loss of losses) expect(loss).toBeGreaterThan(0);
  }
});

test("the longest text, moved the farthest, still has rows of the table", async () => {
  const settings = { text: "字".repeat(fields.text.maxLength), shift: fields.shift.max, seed: 1 };
  const { altered } = await read(await openContext(), settings);
  expect(altered[1]!.rows!.at(-1)).toBe(fields.shift.max + fields.text.maxLength);
});
