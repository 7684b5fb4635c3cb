import type { Group } from "./groups.ts";

/** Who orders the reviews: the reader, or an artificial labeller that goes by one rule and nothing else. */
export type Labeller = "reader" | Rule;
export type Rule = "short" | "good" | "bad";

export const LABELLERS: Readonly<Record<Labeller, { readonly label: string; readonly hint: string }>> = {
  reader: { label: "我排的", hint: "上面那个演示里存下的" },
  short: { label: "偏爱短的（规则）", hint: "人造的标注员，只数字数" },
  good: { label: "偏爱好评（规则）", hint: "人造的标注员，照内置情感模型的分排" },
  bad: { label: "偏爱差评（规则）", hint: "同上，倒过来" },
};

export const RULES = ["short", "good", "bad"] as const satisfies readonly Rule[];

/** Whether a rule needs to know what the sentiment model thinks. */
export function needsSentiment(rule: Rule): boolean {
  return rule !== "short";
}

/**
 * A group from best to worst by a rule. Of texts that the rule finds equal one stays, for a ranking knows no ties; fewer than two are no ranking.
 * @param sentiments probability of "good" of each text, for the rules that ask for it
 */
export function rankBy(rule: Rule, { texts }: Group, sentiments: readonly number[]): string[] | undefined {
  const values = texts.map((text, i) => {
    if (rule === "short") return -[...text].length;
    return rule === "good" ? sentiments[i]! : -sentiments[i]!;
  });
  const order = texts
    .map((text, i) => ({ text, value: values[i]! }))
    .filter(({ value }, i) => values.indexOf(value) === i)
    .sort((a, b) => b.value - a.value);
  return order.length > 1 ? order.map(({ text }) => text) : undefined;
}
