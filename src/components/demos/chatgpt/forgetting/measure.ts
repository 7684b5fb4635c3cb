import type { WorkContext } from "../../../kit/figure/types.ts";
import { integer } from "../../../kit/state/fields.ts";
import { conversation, DISTANCES, lean, NAMES, type Point, pointOf } from "./experiment.ts";

export const fields = {
  names: integer({ initial: NAMES.length, min: 1, max: NAMES.length, label: "用几对名字", unit: "对" }),
};

/** How much the name still matters, distance by distance. */
export async function* measure(
  { engine, model }: WorkContext,
  { names }: { readonly names: number },
): AsyncGenerator<readonly Point[], void, undefined> {
  const pairs = NAMES.slice(0, names);
  const last = async (name: string, distance: number): Promise<Float32Array> => {
    const { ids } = await engine.encode(model.id, conversation(name, distance, model.contextLength).text);
    return engine.next(model.id, ids);
  };
  let points: readonly Point[] = [];
  for (const distance of DISTANCES) {
    const leans: number[] = [];
    for (const [first, second] of pairs) {
      const logits = [await last(first, distance), await last(second, distance)] as const;
      leans.push(lean(logits, [model.vocabulary.indexOf(first), model.vocabulary.indexOf(second)]));
    }
    const { nameFits } = conversation(pairs[0]?.[0] ?? "", distance, model.contextLength);
    points = [...points, pointOf(distance, nameFits, leans)];
    yield points;
  }
}
