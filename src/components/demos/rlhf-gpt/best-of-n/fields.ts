import { BEST_OF_N_RANGES } from "../../../../engine/experiments/best-of-n.ts";
import { seed, setting } from "../../../kit/state/fields.ts";

export const fields = {
  // One alone is the best of nothing.
  reviews: setting(BEST_OF_N_RANGES.reviews, {
    initial: 32,
    min: 2,
    label: "每个开头写",
    unit: "条",
    hint: "n 最大到这么多。开头、长度、温度跟着上面的训练。",
  }),
  seed: seed(1),
};
