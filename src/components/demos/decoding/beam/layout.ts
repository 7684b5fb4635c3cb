import type { BeamCandidate, BeamStep, Hypothesis } from "../../../../engine/decoding/beam.ts";
import type { NodeId } from "../../../../engine/models/token-tree.ts";
import { maxOf } from "../../../../engine/statistics.ts";

/** One candidate of one step, and where it stands in the drawing. */
export interface BeamNode {
  /** Its number among all nodes; a node's parent comes before it. */
  readonly index: number;
  /** From 1: the token's position behind the prompt. */
  readonly step: number;
  /** From 1: its place among the candidates of its step, by score. */
  readonly rank: number;
  readonly candidate: BeamCandidate;
  /** `null`: the prompt. */
  readonly parent: BeamNode | null;
  readonly x: number;
  readonly y: number;
  /** Whether something that is still in the race hangs on it: a beam of the last step shown, or a text of the n-best list. */
  readonly alive: boolean;
  /** Whether it is part of the best text. Only when the search is over. */
  readonly winning: boolean;
}

export interface BeamLayout {
  readonly nodes: readonly BeamNode[];
  readonly width: number;
  readonly height: number;
  /** Where the prompt stands. */
  readonly root: { readonly x: number; readonly y: number };
}

/** Distances in CSS pixels. */
export interface Spacing {
  readonly column: number;
  readonly row: number;
  readonly margin: number;
}

/**
 * The tree of a search: one column for each step, in it all candidates, kept and dropped.
 *
 * Candidates stand in the order of their parents, so no two branches cross; below one parent the better one is on top. Each column is
 * centred. Nothing moves when steps are added, except that the whole may shift down when a column is the tallest so far.
 *
 * @param steps the first steps of a search
 * @param hypotheses its n-best list, best first, if it is over and all its steps are given; otherwise empty
 */
export function layoutBeams(
  steps: readonly BeamStep[],
  hypotheses: readonly Hypothesis[],
  spacing: Spacing,
): BeamLayout {
  const { column, row, margin } = spacing;
  const tallest = Math.max(1, maxOf(steps.map(({ candidates }) => candidates.length)));
  const middle = margin + ((tallest - 1) * row) / 2;
  const drafts = link(steps);
  const alive = hypotheses.length > 0 ? ancestry(drafts, hypotheses) : beamsOf(drafts, steps.length);
  const winning = ancestry(drafts, hypotheses.slice(0, 1));

  const nodes: BeamNode[] = [];
  for (const { parent, line, ...draft } of drafts) {
    const { index, step } = draft;
    const count = steps[step - 1]?.candidates.length ?? 0;
    nodes.push({
      ...draft,
      parent: parent === null ? null : (nodes[parent] ?? null),
      x: margin + step * column,
      y: middle + (line - (count - 1) / 2) * row,
      alive: alive.has(index),
      winning: winning.has(index),
    });
  }
  return {
    nodes,
    width: 2 * margin + steps.length * column,
    height: 2 * margin + (tallest - 1) * row,
    root: { x: margin, y: middle },
  };
}

interface Draft extends Pick<BeamNode, "index" | "step" | "rank" | "candidate"> {
  /** Index of the parent's draft. */
  readonly parent: number | null;
  /** Place in its column, from the top. */
  readonly line: number;
}

/** Every candidate with its parent, column by column, each column from the top. */
function link(steps: readonly BeamStep[]): Draft[] {
  const drafts: Draft[] = [];
  // The prompt's node is the one parent that no candidate became.
  const owners = new Map<NodeId, number>();
  for (const { candidates, length: step } of steps) {
    const column = candidates.map((candidate, i) => ({
      candidate,
      rank: i + 1,
      parent: owners.get(candidate.parent) ?? null,
    }));
    // Drafts are numbered from the top of each column, so the parents' numbers are their order. The sort keeps equal ones by rank.
    column.sort((a, b) => (a.parent ?? 0) - (b.parent ?? 0));
    for (const [line, node] of column.entries()) {
      if (node.candidate.node !== null) owners.set(node.candidate.node, drafts.length);
      drafts.push({ ...node, index: drafts.length, step, line });
    }
  }
  return drafts;
}

/** The beams of a step, and all that they hang on. */
function beamsOf(drafts: readonly Draft[], step: number): Set<number> {
  return withAncestors(
    drafts,
    drafts.filter((draft) => draft.step === step && draft.candidate.fate !== "dropped"),
  );
}

/** The last tokens of complete texts, and all that they hang on. */
function ancestry(drafts: readonly Draft[], hypotheses: readonly Hypothesis[]): Set<number> {
  const ends = hypotheses.map(({ parent, ids }) =>
    drafts.find(({ candidate }) => candidate.parent === parent && candidate.token === ids.at(-1)),
  );
  return withAncestors(
    drafts,
    ends.filter((end) => end !== undefined),
  );
}

function withAncestors(drafts: readonly Draft[], ends: readonly Draft[]): Set<number> {
  const found = new Set<number>();
  for (const end of ends) {
    for (
      let at: Draft | undefined = end;
      at && !found.has(at.index);
      at = at.parent === null ? undefined : drafts[at.parent]
    ) {
      found.add(at.index);
    }
  }
  return found;
}

/** Ids of the tokens from the first behind the prompt to the node's. */
export function tokensTo(node: BeamNode): number[] {
  return node.parent ? [...tokensTo(node.parent), node.candidate.token] : [node.candidate.token];
}

export type Direction = "left" | "right" | "up" | "down";

/** The node next to one: its parent, its best child, its neighbours in the column. The node itself where there is none. */
export function neighbour({ nodes }: BeamLayout, node: BeamNode, direction: Direction): BeamNode {
  switch (direction) {
    case "left":
      return node.parent ?? node;
    case "right":
      return nodes.find(({ parent }) => parent === node) ?? node;
    case "up":
    case "down": {
      const next = nodes[node.index + (direction === "up" ? -1 : 1)];
      return next?.step === node.step ? next : node;
    }
  }
}
