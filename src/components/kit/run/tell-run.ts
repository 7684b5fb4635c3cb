import type { RunState } from "../../../engine/experiments/run.ts";

/** What is said of a run that only its demo knows. */
export interface RunWords {
  /** What it does: 训练, 写. */
  readonly work: string;
  /** How far it is: 「256 / 2048 步」. */
  readonly progress: string;
  /** Before the first run. */
  readonly idle: string;
  readonly starting?: string;
  readonly running?: string;
  readonly finished?: string;
}

/** What `tellRun` reads of an `ExperimentDemo`. */
interface ToldRun {
  readonly state: RunState | "starting";
  readonly number: number;
  readonly downloading: boolean;
  readonly changed: boolean;
  /** What a run that failed has left, as a sentence. */
  readonly remains: string;
}

/** What a run is doing, as a sentence for the frame's foot; undefined while weights come, as the frame itself says how far they are. */
export function tellRun(
  { state, number, downloading, changed, remains }: ToldRun,
  words: RunWords,
): string | undefined {
  const { work, progress } = words;
  switch (state) {
    case "idle":
      return number > 0 ? `${progress}。` : words.idle;
    case "starting":
      return downloading ? undefined : (words.starting ?? "正在准备引擎。");
    case "running":
      return words.running ?? `正在${work}：${progress}。`;
    case "paused": {
      // Chinese and digits keep a distance.
      const gap = /^\p{Script=Han}/u.test(progress) ? "" : " ";
      return `暂停在${gap}${progress}。${changed ? "改过的设置从下一次重新开始起有效：先停止，再开始。" : ""}`;
    }
    case "stopped":
      return `停下了：${progress}。`;
    case "finished":
      return words.finished ?? `${work}完了：${progress}。`;
    case "failed":
      return remains;
  }
}
