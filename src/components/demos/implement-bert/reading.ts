import { initial } from "../../kit/state/hash-state.ts";
import { Reading } from "../../subjects/reading/reading.svelte.ts";
import { bert } from "./bert.figure.ts";
import { fields, type Settings } from "./fields.ts";
import { type BertSnapshot, MODEL, type Sentences, takeSnapshot } from "./snapshot.ts";

/** The page's one reading, and the one before it: every island shows a part of them. */
export const reading = new Reading<Sentences, BertSnapshot, Settings>(
  MODEL,
  initial(fields),
  bert,
  ({ engine, model }, sentences) => takeSnapshot(engine, sentences, model),
);
