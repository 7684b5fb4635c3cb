import type { ReviewPrompt } from "../../../../engine/experiments/rlhf-settings.ts";

/** What the reader has said of reviews, as it is stored and exported. A change of its shape gets a new version. */
export type Label = StarsLabel | RankingLabel;

export const LABEL_VERSION = 1;
/** By which a file of labels says what it is. */
export const LABEL_FORMAT = "visible-llm labels";

interface Written {
  readonly version: typeof LABEL_VERSION;
  /** Unique over all tabs. */
  readonly id: string;
  /** When it was begun, in milliseconds since 1970. */
  readonly time: number;
}

/** A round of reviews, and the stars that they have got so far. */
export interface StarsLabel extends Written {
  readonly kind: "stars";
  readonly reviews: readonly RatedReview[];
}

export interface RatedReview extends ReviewPrompt {
  readonly text: string;
  /** 1 to 5; null where the reader gave none. */
  readonly stars: number | null;
}

/** Reviews that begin alike, in the reader's order. */
export interface RankingLabel extends Written, ReviewPrompt {
  readonly kind: "ranking";
  /** The best first; no text twice. */
  readonly texts: readonly string[];
}

/** The frame of a new label. */
export function newLabel(): Written {
  // Not crypto.randomUUID: that is there on https only.
  const lot = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0"));
  const time = Date.now();
  return { version: LABEL_VERSION, id: `${time.toString(36)}-${lot.join("")}`, time };
}

/** In the order in which they were made. */
export function inOrder(labels: Iterable<Label>): Label[] {
  return [...labels].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

/** All of them, as a file of the reader's. */
export function labelFile(labels: readonly Label[]) {
  return { format: LABEL_FORMAT, version: LABEL_VERSION, labels };
}

/** The label that a stored value is; undefined for anything else: another version's, half a record, somebody else's data. */
export function readLabel(value: unknown): Label | undefined {
  if (!isRecord(value) || value.version !== LABEL_VERSION) return undefined;
  const { version, id, time } = value;
  if (typeof id !== "string" || id === "" || typeof time !== "number" || !Number.isFinite(time)) return undefined;
  const written = { version, id, time } as const;
  if (value.kind === "stars") {
    const reviews = readAll(value.reviews, readRated);
    return reviews && { ...written, kind: "stars", reviews };
  }
  if (value.kind === "ranking") {
    const texts = readAll(value.texts, readText);
    const prompt = readPrompt(value);
    const distinct = texts && texts.length >= 2 && new Set(texts).size === texts.length;
    return distinct && prompt ? { ...written, kind: "ranking", ...prompt, texts } : undefined;
  }
  return undefined;
}

/** Far above anything that the demos write. */
const MAX_ITEMS = 100;
const MAX_TEXT = 2000;

/** All items; undefined if one of them is none, or if there are none. */
function readAll<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_ITEMS) return undefined;
  const items = value.map(read).filter((item) => item !== undefined);
  return items.length === value.length ? items : undefined;
}

function readRated(value: unknown): RatedReview | undefined {
  const prompt = readPrompt(value);
  if (!isRecord(value) || !prompt) return undefined;
  const text = readText(value.text);
  const { stars } = value;
  const given = typeof stars === "number" && Number.isInteger(stars) && stars >= 1 && stars <= 5;
  return text !== undefined && (given || stars === null) ? { ...prompt, text, stars } : undefined;
}

function readPrompt(value: unknown): ReviewPrompt | undefined {
  if (!isRecord(value)) return undefined;
  const [category, opening] = [readText(value.category), readText(value.opening)];
  return category !== undefined && opening !== undefined ? { category, opening } : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= MAX_TEXT ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
