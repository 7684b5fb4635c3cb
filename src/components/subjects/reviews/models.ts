/** Who writes the reviews: policy and reference. */
export const WRITER = "gpt-review";
/** Who says how likely a review is a good one. */
export const JUDGE = "sentiment-zh";
/** About the most that it gives: the labels that it was trained on were smoothed. */
export const CEILING = 0.97;
/** On whose features a reward model of the reader's own is trained. */
export const READER = "bert-zh";
