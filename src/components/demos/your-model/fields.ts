import { HUBS } from "../../../engine/files/source.ts";
import { SEED_MAX } from "../../kit/controls/seed.ts";
import { choice, integer, number, text } from "../../kit/state/hash-state.ts";

/** Characters of a text that the reader gives a model. */
export const MAX_TEXT = 200;
export const MAX_ADDRESS = 300;

export const FIELDS = {
  from: choice({ initial: "files", values: ["files", "address"] }),
  hub: choice({ initial: HUBS[0], values: HUBS }),
  address: text({ initial: "", maxLength: MAX_ADDRESS }),
  prompt: text({ initial: "", maxLength: MAX_TEXT }),
  second: text({ initial: "", maxLength: MAX_TEXT }),
  tokens: integer({ initial: 40, min: 1, max: 200 }),
  temperature: number({ initial: 0.8, min: 0.1, max: 2 }),
  seed: integer({ initial: 1, min: 0, max: SEED_MAX }),
};
