import { cosine, norm } from "../../../engine/statistics.ts";
import type { Snapshot } from "../../subjects/reading/snapshot.ts";
import { compareRows, countChanged, type Panel, type RowChange, rowOf, viewOf } from "../../subjects/reading/views.ts";
import { STATIONS } from "./stations/stations.ts";

/** A stage of the way, and how many rows of its tensor are not what they were. */
export interface Stage {
  readonly label: string;
  readonly trace: string;
  readonly rows: number;
  /** Undefined where there is nothing to compare with, or no way to. */
  readonly changed: number | undefined;
}

const [words, segments, positions, sum] = STATIONS.embeddings.panels;
const [query] = STATIONS["query-key-value"].panels;
const [projected, , normalized] = STATIONS["attention-output"].panels;
const [, , fed] = STATIONS["feed-forward"].panels;
const [output] = STATIONS["block-output"].panels;

const STAGES: readonly (readonly [label: string, panel: Panel])[] = [
  ["词嵌入", words],
  ["段嵌入", segments],
  ["位置嵌入", positions],
  ["三者之和", sum],
  ["层归一化", STATIONS["embedding-norm"].panels[0]],
  ["查询", query],
  ["注意力权重", STATIONS.pattern.panels[0]],
  ["混合后的值", STATIONS.mixed.panels[0]],
  ["输出投影", projected],
  ["残差 + 归一化", normalized],
  ["前馈网络", fed],
  ["残差 + 归一化", output],
];

/** The first block's way, stage by stage: where a changed token first reaches the others. */
export function firstBlock(current: Snapshot, reference: Snapshot | undefined, head: number): Stage[] {
  return STAGES.map(([label, panel]) => {
    const view = viewOf(panel, current, 0, head);
    const changes = reference && compareRows(view, viewOf(panel, reference, 0, head));
    return { label, trace: view.trace, rows: view.rows, changed: changes && countChanged(changes) };
  });
}

/** The residual stream at one depth. */
export interface Depth {
  readonly label: string;
  /** Of the chosen token. */
  readonly norm: number;
  /** Cosine to the same token's vector before the first block. */
  readonly cosine: number;
  readonly change: RowChange | undefined;
  readonly changed: number | undefined;
  readonly rows: number;
}

/** What becomes of one token's vector, block by block. */
export function throughBlocks(
  current: Snapshot,
  reference: Snapshot | undefined,
  layers: number,
  token: number,
): Depth[] {
  const first = viewOf(STATIONS["embedding-norm"].panels[0], current, 0, 0);
  return Array.from({ length: layers + 1 }, (_, depth) => {
    const at = (snapshot: Snapshot) =>
      depth === 0
        ? viewOf(STATIONS["embedding-norm"].panels[0], snapshot, 0, 0)
        : viewOf(output, snapshot, depth - 1, 0);
    const view = at(current);
    const changes = reference && compareRows(view, at(reference));
    const row = rowOf(view, token);
    return {
      label: depth === 0 ? "嵌入" : `第 ${depth} 块`,
      norm: norm(row),
      cosine: cosine(row, rowOf(first, token)),
      change: changes?.[token],
      changed: changes && countChanged(changes),
      rows: view.rows,
    };
  });
}
