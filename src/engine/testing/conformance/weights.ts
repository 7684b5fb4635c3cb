import { describe, test } from "vitest";
import * as gradients from "./reference-gradients.ts";
import type { Workbench } from "./workbench.ts";

/** What flows back to weights: of linear layers, embeddings and norms. */
export function describeWeightGradients(bench: Workbench): void {
  describe("gradients of weights", () => {
    const SIZES = [1, 3, 5, 64, 257];
    const rowsAndWidths = [1, 2, 7, 33, 300].flatMap((rows) => SIZES.map((width) => ({ rows, width })));

    test.each(rowsAndWidths)("of a bias: $rows rows, $width wide", async ({ rows, width }) => {
      const [x, out] = [bench.numbers(rows * width), bench.gradient(width)];
      bench.backend.columnSums(out.storage, bench.place(x), rows, width);
      await out.expectAdded(gradients.columnSums(x, width));
    });

    const products = [1, 2, 7, 33].flatMap((rows) =>
      SIZES.map((aWidth, i) => [rows, aWidth, SIZES[(i + rows) % SIZES.length]!] as const),
    );
    test.each([...products, [300, 36, 20], [64, 64, 768], [512, 257, 33], [3, 6001, 5]] as const)(
      "of a linear layer: %i rows, %i × %i",
      async (rows, aWidth, bWidth) => {
        const [a, b, out] = [
          bench.numbers(rows * aWidth),
          bench.numbers(rows * bWidth),
          bench.gradient(aWidth * bWidth),
        ];
        bench.backend.outerProducts(out.storage, bench.place(a), bench.place(b), rows, aWidth, bWidth);
        await out.expectAdded(gradients.outerProducts(a, b, rows, aWidth, bWidth));
      },
    );

    test.each([
      { rows: 1, width: 1, tableRows: 1 },
      { rows: 7, width: 3, tableRows: 4 },
      { rows: 33, width: 257, tableRows: 5 },
      { rows: 512, width: 64, tableRows: 6001 },
    ])("of an embedding: $rows rows, $width wide, of $tableRows", async ({ rows, width, tableRows }) => {
      const [dy, indices, table] = [
        bench.numbers(rows * width),
        bench.indices(rows, tableRows),
        bench.gradient(tableRows * width),
      ];
      const targets = [...new Set(indices)];
      const groups = targets.map((target) => [...indices.keys()].filter((r) => indices[r] === target));
      const ends = groups.map((_, g) => groups.slice(0, g + 1).flat().length);
      bench.backend.scatterAdd(
        table.storage,
        bench.place(dy),
        bench.place(Int32Array.from(groups.flat())),
        bench.place(Int32Array.of(0, ...ends)),
        bench.place(Int32Array.from(targets)),
        groups.length,
        width,
      );
      await table.expectAdded(gradients.gatherGradient(dy, indices, tableRows, width));
    });

    test("of an embedding, some groups of which are empty", async () => {
      const [dy, table] = [bench.numbers(6), bench.gradient(8)];
      const [order, starts, targets] = [Int32Array.of(2, 0), Int32Array.of(0, 0, 2, 2), Int32Array.of(0, 3, 1)];
      const operands = [bench.place(dy), bench.place(order), bench.place(starts), bench.place(targets)] as const;
      bench.backend.scatterAdd(table.storage, ...operands, 3, 2);
      await table.expectAdded([0, 0, 0, 0, 0, 0, dy[0]! + dy[4]!, dy[1]! + dy[5]!]);
    });

    test.each(rowsAndWidths)("of a layer norm: $rows rows, $width wide", async ({ rows, width }) => {
      const epsilon = 1e-2;
      const [x, gain, dy] = [bench.numbers(rows * width, 3), bench.numbers(width), bench.numbers(rows * width)];
      const operands = [bench.place(x), bench.place(gain), bench.place(dy)] as const;
      const [dx, frozenDx] = [bench.gradient(rows * width), bench.gradient(rows * width)];
      const [dgain, dbias] = [bench.gradient(width), bench.gradient(width)];
      const parameters = { gain: dgain.storage, bias: dbias.storage };
      bench.backend.layerNormGradient(dx.storage, parameters, ...operands, rows, width, epsilon);
      bench.backend.layerNormGradient(frozenDx.storage, null, ...operands, rows, width, epsilon);
      const expected = gradients.layerNormGradient(x, gain, dy, epsilon);
      await dx.expectAdded(expected.dx);
      await frozenDx.expectAdded(expected.dx);
      await dgain.expectAdded(expected.dgain);
      await dbias.expectAdded(expected.dbias);
    });

    test.each(rowsAndWidths)("of an RMS norm: $rows rows, $width wide", async ({ rows, width }) => {
      const epsilon = 1e-2;
      const x = bench.numbers(rows * width, 3).map((value) => value + 1);
      const [gain, dy] = [bench.numbers(width), bench.numbers(rows * width)];
      const operands = [bench.place(x), bench.place(gain), bench.place(dy)] as const;
      const [dx, frozenDx, dgain] = [bench.gradient(x.length), bench.gradient(x.length), bench.gradient(width)];
      bench.backend.rmsNormGradient(dx.storage, dgain.storage, ...operands, rows, width, epsilon);
      bench.backend.rmsNormGradient(frozenDx.storage, null, ...operands, rows, width, epsilon);
      const expected = gradients.rmsNormGradient(x, gain, dy, epsilon);
      await dx.expectAdded(expected.dx);
      await frozenDx.expectAdded(expected.dx);
      await dgain.expectAdded(expected.dgain);
    });
  });
}
