import { EngineError } from "../errors.ts";
import { type Random, shuffled } from "../random.ts";

/** Which points are learnt from, and which are asked. */
export interface Split {
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
}

/**
 * Repeated stratified k-fold cross-validation (Kohavi 1995): each time the points of every class are shuffled and dealt out to the folds,
 * and every fold is held out once.
 *
 * @param labels [n]: 0 … classes − 1
 * @returns folds · repeats splits
 * @throws EngineError `bad-input` if a class has fewer points than there are folds, or there is only one class
 */
export function stratifiedSplits(labels: Uint8Array, folds: number, repeats: number, random: Random): Split[] {
  const classes = Map.groupBy(labels.keys(), (i) => labels[i]!);
  if (classes.size < 2) throw new EngineError("bad-input", "至少要有两类句子");
  for (const [label, members] of classes) {
    if (members.length >= folds) continue;
    throw new EngineError("bad-input", `第 ${label + 1} 类只有 ${members.length} 句，至少要有 ${folds} 句`);
  }
  return Array.from({ length: repeats }, () => {
    let dealt = 0;
    const hands = [...classes.values()].flatMap((members) =>
      shuffled(members, random).map((point) => ({ point, fold: dealt++ % folds })),
    );
    return Array.from({ length: folds }, (_, fold) => ({
      training: hands.filter((hand) => hand.fold !== fold).map(({ point }) => point),
      heldOut: hands.filter((hand) => hand.fold === fold).map(({ point }) => point),
    }));
  }).flat();
}
