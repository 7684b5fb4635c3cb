import { describe, expect, it } from "vitest";
import { type BeamStep, beamSearch, type Hypothesis } from "../../../../engine/decoding/beam.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import { ToyTree } from "../../../../engine/decoding/toy-tree.ts";
import { randomLogits, SEEDS } from "../../../../engine/testing/random-logits.ts";
import { bigram } from "../../../../engine/testing/toys.ts";
import { type BeamNode, layoutBeams, neighbour, tokensTo } from "./layout.ts";

const spacing = { column: 50, row: 20, margin: 10 };

async function search(seed: number, numBeams = 3): Promise<{ steps: BeamStep[]; hypotheses: readonly Hypothesis[] }> {
  const model = bigram(Array.from({ length: 10 }, (_, token) => [...randomLogits(100 * seed + token, 10)]));
  const settings = {
    ...DEFAULT_SETTINGS,
    numBeams,
    numReturnSequences: Math.min(2, numBeams),
    endIds: [0],
    maxNewTokens: 8,
  };
  const steps: BeamStep[] = [];
  let hypotheses: readonly Hypothesis[] = [];
  for await (const event of beamSearch(new ToyTree(model), [1], settings)) {
    if (event.type === "step") steps.push(event);
    else hypotheses = event.hypotheses;
  }
  return { steps, hypotheses };
}

const columns = (nodes: readonly BeamNode[]) => [...Map.groupBy(nodes, ({ step }) => step).values()];

describe("layoutBeams", () => {
  it.each(SEEDS)("draws every candidate once, inside the drawing, none on another (seed %i)", async (seed) => {
    const { steps, hypotheses } = await search(seed);
    const { nodes, width, height } = layoutBeams(steps, hypotheses, spacing);
    expect(nodes).toHaveLength(steps.reduce((sum, { candidates }) => sum + candidates.length, 0));
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
    for (const { x, y, index } of nodes) {
      expect(nodes[index]?.x).toBe(x);
      expect(x).toBeGreaterThan(spacing.margin);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThanOrEqual(spacing.margin);
      expect(y).toBeLessThanOrEqual(height - spacing.margin);
    }
  });

  it.each(SEEDS)("no two branches cross (seed %i)", async (seed) => {
    const { steps, hypotheses } = await search(seed);
    for (const column of columns(layoutBeams(steps, hypotheses, spacing).nodes)) {
      const parents = column.map(({ parent }) => parent?.y ?? 0);
      expect(column.map(({ y }) => y)).toEqual(column.map(({ y }) => y).toSorted((a, b) => a - b));
      expect(parents).toEqual(parents.toSorted((a, b) => a - b));
    }
  });

  it.each(SEEDS)(
    "a branch spells the text of its node, and the winner that of the best hypothesis (seed %i)",
    async (seed) => {
      const { steps, hypotheses } = await search(seed);
      const { nodes } = layoutBeams(steps, hypotheses, spacing);
      for (const node of nodes) {
        expect(tokensTo(node)).toHaveLength(node.step);
        expect(node.parent?.candidate.node ?? null).toBe(node.step === 1 ? null : node.candidate.parent);
        expect(node.candidate.score).toBeCloseTo((node.parent?.candidate.score ?? 0) + node.candidate.logProb, 5);
      }
      const winning = nodes.filter((node) => node.winning);
      expect(winning.map(({ candidate }) => candidate.token)).toEqual(hypotheses[0]?.ids);
      const ends = hypotheses.map(({ ids }) => ids.join());
      const alive = nodes.filter((node) => node.alive).map((node) => tokensTo(node).join());
      for (const text of alive) expect(ends.some((end) => end === text || end.startsWith(`${text},`))).toBe(true);
    },
  );

  it("while the search runs, alive is what the present beams hang on", async () => {
    const { steps } = await search(1);
    const { nodes } = layoutBeams(steps.slice(0, 3), [], spacing);
    const last = nodes.filter(({ step }) => step === 3);
    expect(last.filter(({ alive }) => alive).map(({ candidate }) => candidate.fate)).not.toContain("dropped");
    expect(last.filter(({ candidate, alive }) => candidate.fate === "kept" && alive)).toHaveLength(3);
    expect(nodes.some(({ winning }) => winning)).toBe(false);
    for (const { alive, parent } of nodes) if (alive && parent) expect(parent.alive).toBe(true);
  });

  it("keeps each column where it was when a step is added", async () => {
    const { steps } = await search(2);
    const places = (count: number) => {
      const { nodes, root } = layoutBeams(steps.slice(0, count), [], spacing);
      return nodes.filter(({ step }) => step <= 2).map(({ x, y }) => [x, y - root.y]);
    };
    expect(places(4)).toEqual(places(2));
  });

  it("is a line for one beam, and empty before the first step", async () => {
    const { steps, hypotheses } = await search(3, 1);
    const kept = layoutBeams(steps, hypotheses, spacing).nodes.filter(({ winning }) => winning);
    expect(kept).toHaveLength(steps.length);
    expect(layoutBeams([], [], spacing).nodes).toEqual([]);
  });
});

describe("neighbour", () => {
  it("walks along branches and columns, and stays at the edges", async () => {
    const { steps, hypotheses } = await search(4);
    const layout = layoutBeams(steps, hypotheses, spacing);
    const [first, second] = layout.nodes;
    if (!first || !second) throw new Error("no nodes");
    expect(neighbour(layout, first, "left")).toBe(first);
    expect(neighbour(layout, first, "up")).toBe(first);
    expect(neighbour(layout, first, "down")).toBe(second);
    const inner = layout.nodes.find(({ parent }) => parent) ?? first;
    const parent = neighbour(layout, inner, "left");
    expect(parent).toBe(inner.parent);
    expect(neighbour(layout, parent, "right").parent).toBe(parent);
    const leaf = layout.nodes.at(-1) ?? first;
    expect(neighbour(layout, leaf, "right")).toBe(leaf);
    expect(neighbour(layout, leaf, "down")).toBe(leaf);
  });
});
