import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import { powerOfTen } from "../scale.ts";

/** A guess of the power of ten of the device's speed, held against what the demo has measured on it. @param speed operations in a second, once they are measured */
export function checkSpeed(text: string, speed: number | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || !Number.isInteger(guess)) return unusable("请写一个整数，比如 6：你猜每秒 10⁶ 次。");
  if (speed === undefined)
    return unusable(`猜的是 10 的 ${guess} 次方，先放在这里。点演示里的「量一量这台设备」，再来检查。`);
  const measured = `量到的是每秒 ${powerOfTen(speed)} 次`;
  const off = guess - Math.log10(speed);
  if (Math.abs(off) <= 1) return right(`${measured}，你猜的和它差不到十倍。`);
  return wrong(`${measured}，你猜得太${off < 0 ? "小" : "大"}了。`);
}
