import { type LabelledSet, setOf } from "../split.ts";
import { FEELINGS } from "./feelings.ts";
import { TOPICS } from "./topics.ts";

export type SetName = "topics" | "feelings";

/** The built-in sentences, by name. */
export const SETS: Readonly<Record<SetName, LabelledSet>> = { topics: setOf(TOPICS), feelings: setOf(FEELINGS) };
