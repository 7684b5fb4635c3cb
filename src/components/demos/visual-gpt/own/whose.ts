import { type ChoiceField, choice, type Field, type Fields } from "../../../kit/state/fields.ts";
import type { HashState } from "../../../kit/state/hash-state.svelte.ts";
import { named } from "../../../kit/state/options.ts";

/** Which model a demo of this chapter runs. */
export const whose = choice({
  label: "模型",
  initial: "gpt-zh",
  options: named({ "gpt-zh": "gpt-zh", own: "自己的" }),
});

/** Layers and heads that can be looked at. The largest GPT-2 (XL) has 48 and 25; a small one of somebody's own may have more of them, and thinner. */
export const MOST = { layers: 64, heads: 64 } as const;

type Settings<F extends Fields> = Pick<HashState<F>, "fields" | "value">;

/** The settings of a demo, of numbers no more than there is: of the layers and heads of the model that is shown, or of its tokens. */
export function within<F extends Fields>(
  { fields, value }: Settings<F>,
  most: Readonly<Partial<Record<keyof F & string, number>>>,
): Settings<F> {
  const limits = new Map<PropertyKey, number | undefined>(Object.entries(most));
  const limited = Object.entries(fields).map(([key, field]) => [key, limitedTo(field, limits.get(key))]);
  return {
    // Object.fromEntries forgets the keys; they are those of the fields.
    fields: Object.fromEntries(limited) as F,
    value: new Proxy(value, {
      get(target, key) {
        const own: unknown = Reflect.get(target, key);
        const limit = limits.get(key);
        return limit !== undefined && typeof own === "number" ? Math.min(own, limit) : own;
      },
      set: (target, key, own) => Reflect.set(target, key, own),
    }),
  };
}

function limitedTo(field: Field<unknown>, most: number | undefined): Field<unknown> {
  if (most === undefined) return field;
  // Only a choice has options, and only one of numbers a limit.
  const { options } = field as Partial<ChoiceField<number>>;
  return { ...field, ...(options ? { options: options.filter(({ value }) => value <= most) } : { max: most }) };
}
