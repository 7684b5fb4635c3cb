import { beforeAll, describe, expect, test } from "vitest";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { openContext } from "../testing/open.ts";
import { fields } from "./fields.ts";
import { cellsOf, type Patched, patchAll, type Settings, shareMoved } from "./patch.ts";

let context: WorkContext;

beforeAll(async () => {
  context = await openContext();
});

async function gridsOf(settings: Settings): Promise<Patched[]> {
  return Array.fromAsync(patchAll(context, settings));
}

describe("the default sentences", () => {
  let grids: Patched[];
  let patched: Patched;
  beforeAll(async () => {
    grids = await gridsOf(initial(fields));
    patched = grids.at(-1)!;
  });
  const shareAt = (depth: number, place: number): number =>
    shareMoved(patched, patched.leans[depth * patched.into.ids.length + place]!);

  test("fill the grid depth by depth", () => {
    const places = patched.into.ids.length;
    expect(grids.map(({ leans }) => leans.length / places)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(cellsOf(patched)).toHaveLength(7 * places);
  });

  test("show the point: the answer sits in the character that differs, then in the last one", () => {
    const [differing, last] = [patched.into.tokens.indexOf("面"), patched.into.ids.length - 1];
    expect([patched.donor.answer, patched.into.answer]).toEqual(["苹", "面"]);
    expect(shareAt(0, differing)).toBeGreaterThan(0.8);
    expect(shareAt(0, last)).toBeCloseTo(0, 4);
    expect(shareAt(6, differing)).toBeCloseTo(0, 4);
    // At the end everything is in the last place, so that patching it is reading the other sentence.
    expect(shareAt(6, last)).toBeCloseTo(1, 3);
  });

  test("move nothing before the first character that differs", () => {
    for (let depth = 0; depth < patched.depths; depth++) {
      for (let place = 0; place < 4; place++) expect(Math.abs(shareAt(depth, place))).toBeLessThan(1e-3);
    }
  });
});

test("sentences of different lengths are refused, and those that ask for the same", async () => {
  await expect(gridsOf({ donor: "他爱吃苹果", into: "他爱吃鱼" })).rejects.toThrow("现在一句 5 个字，一句 4 个");
  await expect(gridsOf({ donor: "他爱吃苹果。我也爱吃", into: "她爱吃苹果。我也爱吃" })).rejects.toThrow("都是「苹」");
  expect(fields.donor.validate?.("")).toBe("先写几个字。");
});
