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
  expect(csv).toBe('\uFEFF词元,概率\r\n，,0.5\r\n",",1e-9\r\n"说""",true\r\n"换\n行",0\r\n');
});
