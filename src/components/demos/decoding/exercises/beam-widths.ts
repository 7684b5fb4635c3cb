import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { bestText, searchToy, THREE_STEPS } from "./toy.ts";

/** The beam widths that are asked about. */
export const WIDTHS = [1, 2, 3, 4, 5, 6] as const;

/** Whether the picked widths are those with which the engine's beam search finds the likeliest text of `THREE_STEPS`. */
export async function checkWidths(picked: readonly number[]): Promise<Verdict> {
  if (picked.length === 0) return unusable("先点出你认为找得到的束宽。");
  const best = bestText(THREE_STEPS);
  const finds = await Promise.all(WIDTHS.map(async (width) => ({ width, found: await searchToy(THREE_STEPS, width) })));
  for (const { width, found } of finds) {
    const succeeds = found.text === best.text;
    if (picked.includes(width) === succeeds) continue;
    return wrong(
      succeeds
        ? `束宽 ${width} 你没有选，可是它也找得到。`
        : `束宽 ${width} 找到的是「${found.text}」，概率 ${found.probability.toFixed(3)}，不是最好的。`,
    );
  }
  const list = finds.map(({ width, found }) => `${width} → ${found.text}`).join("，");
  return right(`${list}。最好的是「${best.text}」，概率 ${best.probability.toFixed(3)}。更宽的束不一定找到更好的。`);
}
