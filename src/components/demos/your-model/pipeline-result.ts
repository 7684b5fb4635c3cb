import type { BarRow } from "../../kit/frame/types.ts";

/** What a pipeline answered, in a form that can be shown. */
export type PipelineView =
  | { readonly kind: "scores"; readonly rows: readonly BarRow[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "data"; readonly text: string };

/** Fields in which the pipelines of Transformers.js put a text. */
const TEXTS = ["translation_text", "generated_text", "summary_text", "answer"];
/** Fields in which they name what they scored. */
const LABELS = ["label", "token_str", "entity", "word"];

/** Scores as bars, texts as text, everything else as the data that it is. */
export function viewOf(result: unknown): PipelineView {
  const items = (Array.isArray(result) ? result.flat() : [result]).filter((item) => isObject(item));
  const scored = items.flatMap((item, id) => {
    const label = LABELS.map((key) => item[key]).find((value) => typeof value === "string");
    return label !== undefined && typeof item.score === "number" ? [{ id, label, value: item.score }] : [];
  });
  if (scored.length > 0 && scored.length === items.length) return { kind: "scores", rows: scored };
  const texts = items.flatMap((item) => TEXTS.map((key) => item[key]).filter((value) => typeof value === "string"));
  if (texts.length > 0) return { kind: "text", text: texts.join("\n") };
  return { kind: "data", text: JSON.stringify(result, plain, 1).slice(0, MAX_DATA) };
}

/** Characters of data that are shown; the features of one sentence are thousands of numbers. */
const MAX_DATA = 2000;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Typed arrays as lists of numbers with four digits. */
function plain(_key: string, value: unknown): unknown {
  return value instanceof Float32Array ? Array.from(value, (number) => Number(number.toPrecision(4))) : value;
}
