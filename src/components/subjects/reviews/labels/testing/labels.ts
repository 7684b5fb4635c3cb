import type { Label } from "../label.ts";

/** A label of each kind. */
export const STARS = {
  version: 1,
  id: "a",
  time: 5,
  kind: "stars",
  reviews: [
    { category: "酒店", opening: "房间", text: "房间很大。", stars: 5 },
    { category: "外卖", opening: "", text: "", stars: null },
  ],
} satisfies Label;
export const RANKING = {
  version: 1,
  id: "b",
  time: 6,
  kind: "ranking",
  category: "酒店",
  opening: "房间",
  texts: ["房间很大。", "房间👍🏽"],
} satisfies Label;
