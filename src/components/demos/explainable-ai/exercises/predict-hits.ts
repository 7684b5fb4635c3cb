import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import { causesOf, type Found, linesOf, tellFinders } from "../who/find.ts";
import { CHARACTER } from "../who/plant.ts";

/** Two places, and tokens so few that all eight are asked. */
const PLACES = 2;
const FINDERS = 8;
/** How far a guess may be off. */
const NEAR = 1;

const WHY =
  "两处里少了一处，还有另一处撑着，判断几乎不变，所以遮挡给它们的数很小，次序也就容易错；把各种缺法都试到的，看得见两处合起来的作用。";

/** A guess of how many have found a cause that stands in two places, held against what the reader's own run has found. */
export function checkHits(text: string, found: Found | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || !Number.isInteger(guess) || guess < 0 || guess > FINDERS)
    return unusable(`写 0 到 ${FINDERS} 里的一个整数。`);
  const lines = found ? linesOf(found) : [];
  if (!found || lines.length < FINDERS || causesOf(found).length !== PLACES)
    return unusable(
      `猜的是 ${guess} 种，先放在这里。到上面写一句 5 到 10 个字的话，「${CHARACTER}」放两处，点「让它们找」，算完再来检查。`,
    );
  const hits = lines.filter(({ rank }) => rank === 1).length;
  const said = `「${found.explained.tokens.join("")}」：${tellFinders(found)}${WHY}`;
  return Math.abs(guess - hits) <= NEAR ? right(said) : wrong(`你猜${guess < hits ? "少" : "多"}了。${said}`);
}
