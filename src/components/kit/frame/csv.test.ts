import { expect, it } from "vitest";
import { toCsv } from "./csv.ts";

it("quotes what would break a row, and only that", () => {
  const csv = toCsv({
    columns: ["词元", "概率"],
    rows: [
      ["，", 0.5],
      [",", 1e-9],
      ['说"', true],
      ["换\n行", 0],
    ],
  });
  expect(csv).toBe('\uFEFF词元,概率\r\n，,0.5\r\n",",1e-9\r\n"说""",是\r\n"换\n行",0\r\n');
});

it("writes whole numbers in full, others with six digits, and nothing for what is no number", () => {
  const csv = toCsv({
    columns: ["数"],
    rows: [[12_345_678], [0.41500000000000004], [-1 / 3], [123456.789], [2.8e-17], [Number.NaN], [Infinity], [false]],
  });
  expect(csv).toBe("\uFEFF数\r\n12345678\r\n0.415\r\n-0.333333\r\n123457\r\n2.8e-17\r\n\r\n\r\n否\r\n");
});
