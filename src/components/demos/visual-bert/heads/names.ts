import type { Role, RoleScore } from "../../../../engine/analysis/head-roles.ts";

/** A head's highest score must be at least this, or nothing is said of it. */
export const THRESHOLD = 0.2;

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  previous: "前一个",
  next: "后一个",
  self: "自己",
  cls: "[CLS]",
  sep: "[SEP]",
  punctuation: "标点",
  "other-segment": "另一句",
  "same-character": "同一个字",
};

/** What a head seems to do, with the number that says so. */
export function roleLabel(clearest: RoleScore | null): string {
  return clearest ? `看${ROLE_NAMES[clearest.role]}` : "看不出";
}

/** A head by its number, counted from 1. */
export function headName(layer: number, head: number): string {
  return `${layer + 1}·${head + 1}`;
}
