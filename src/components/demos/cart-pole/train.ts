import type { CartPoleField, CartPoleMetrics } from "../../../engine/experiments/cart-pole.ts";
import type { CartPoleEpisode } from "../../../engine/experiments/cart-pole-rollout.ts";
import { type Quantized, restored } from "../../kit/figure/quantized.ts";
import { choice, number } from "../../kit/state/fields.ts";
import { named } from "../../kit/state/options.ts";
import { fields } from "./fields.ts";

export const trainFields = {
  ...fields,
  position: number({ initial: 0, min: -2.4, max: 2.4, step: 0.1, label: "车的位置", unit: "米" }),
  velocity: number({ initial: 0, min: -3, max: 3, step: 0.1, label: "车的速度", unit: "米/秒" }),
  show: choice({ initial: "policy", label: "看哪个网络", options: named({ policy: "策略", value: "价值" }) }),
};

/** An episode, and the steps of training that the agent had when it played. */
export interface Played {
  readonly episode: CartPoleEpisode;
  readonly steps: number;
}

/** How the agent did in new episodes. */
export interface Evaluation {
  readonly mean: number;
  readonly least: number;
}

/** A training from its beginning to its end. */
export interface Training {
  readonly records: readonly CartPoleMetrics[];
  readonly played: Played;
  readonly evaluation: Evaluation;
  /** Of both networks at the end, for the position and the velocity that are set at first. */
  readonly field: SentField;
}

/** A field as it is sent with the page: it is drawn in fewer colours. */
export interface SentField {
  readonly cells: number;
  readonly right: Quantized;
  readonly values: Quantized;
}

export function receivedField({ cells, right, values }: SentField): CartPoleField {
  return { kind: "field", cells, right: restored(right), values: restored(values) };
}

/** Episodes in which an agent is measured. */
export const EVALUATED = 100;
