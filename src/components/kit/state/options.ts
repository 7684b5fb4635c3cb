import type { Option } from "./fields.ts";

/** Options that need no hint: what they are called, by their values. */
export function named<T extends string>(labels: Readonly<Record<T, string>>): readonly Option<T>[] {
  // Object.entries forgets the keys; they are those of the labels.
  return (Object.entries<string>(labels) as [T, string][]).map(([value, label]) => ({ value, label }));
}

/** The numbers from 1, as people count. */
export function counted(count: number): readonly Option<number>[] {
  return Array.from({ length: count }, (_, i) => ({ value: i + 1, label: String(i + 1) }));
}
