import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatDuration, formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import type { Film } from "../film/film.ts";
import { timesAsMuch, totalOf } from "../film/words.ts";

/** A film that is shorter says little: in its first step there is nothing to be saved. */
const FEWEST = 6;
/** How many times too much or too little a guess may be. */
const NEAR = 1.5;

/** A guess of how many times as long all steps take without a cache, held against what the reader's own film has measured. */
export function checkCache(text: string, film: Film | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || guess <= 0) return unusable("请写一个正数，比如 3：你猜是 3 倍。");
  const seconds = film && totalOf(film.shots, (shot) => shot.seconds);
  if (!seconds || film.shots.length < FEWEST) {
    return unusable(`猜的是 ${guess} 倍，先放在这里。在上面写至少 ${FEWEST} 个字，点「写一遍」，放完了再来检查。`);
  }
  const times = seconds.whole / seconds.cached;
  const products = totalOf(film.shots, (shot) => shot.products)!;
  const [cached, whole] = [seconds.cached, seconds.whole].map(formatDuration);
  const measured = `写 ${film.shots.length} 步，有缓存 ${cached}，没有缓存 ${whole}，是 ${formatNumber(times, 1)} 倍；乘加次数是 ${timesAsMuch(products)} 倍`;
  const why = "两个倍数不必相等：一列和几列都要把全部参数从内存里读一遍，读的时间不随列数增加。";
  if (guess <= times * NEAR && guess >= times / NEAR) return right(`${measured}。${why}`);
  return wrong(`${measured}。你猜的 ${guess} ${guess < times ? "太少" : "太多"}。${why}`);
}
