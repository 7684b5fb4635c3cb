import type { Consistency } from "./consistency.ts";

/** A text by its beginning. */
export function quote(text: string): string {
  const characters = [...text];
  return `「${characters.slice(0, 10).join("")}${characters.length > 10 ? "…" : ""}」`;
}

/** How many rankings there are, and what they make. */
export function countRankings(rankings: number, { pairs }: Consistency): string {
  return rankings === 0 ? "你还没有排过。" : `你排过 ${rankings} 组，成 ${pairs} 对。`;
}

/** Whether the reader agrees with himself, as far as he was asked twice. Empty before the first ranking. */
export function tellConsistency({ pairs, repeated, contradictions, circle }: Consistency): string[] {
  if (pairs === 0) return [];
  const told: string[] = [];
  const [first] = contradictions;
  if (repeated === 0) {
    told.push("没有哪一对比过两次，所以还不知道你前后一不一致。点「旧的再排一次」看看。");
  } else if (!first) {
    told.push(`比过不止一次的有 ${repeated} 对，前后都一致。`);
  } else {
    told.push(
      `比过不止一次的有 ${repeated} 对，其中 ${contradictions.length} 对前后矛盾：比如先说${quote(first[0])}比${quote(first[1])}好，后来又反过来。矛盾的也照样拿去学，模型会停在中间。`,
    );
  }
  if (circle) {
    told.push(
      `转了一圈：${[...circle, circle[0]!].map(quote).join(" > ")}。每一对都没有说反，连起来却没有一个分数说得通。`,
    );
  }
  return told;
}
