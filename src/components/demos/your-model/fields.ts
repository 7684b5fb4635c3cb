import { GENERATION_RANGES } from "../../../engine/decoding/settings.ts";
import { HUBS } from "../../../engine/files/source.ts";
import { choice, seed, setting, text } from "../../kit/state/fields.ts";
import { named } from "../../kit/state/options.ts";

/** Characters of a text that the reader gives a model. */
const MAX_TEXT = 200;

export const fields = {
  from: choice({
    initial: "files",
    label: "模型从哪里来",
    options: named({ files: "我的文件", address: "网上的地址" }),
  }),
  hub: choice({
    initial: HUBS[0],
    label: "模型名在哪个站上找",
    options: HUBS.map((hub) => ({ value: hub, label: new URL(hub).host })),
  }),
  address: text({ initial: "", maxLength: 300, label: "模型名或文件夹的地址", placeholder: "作者/模型名" }),
  prompt: text({ initial: "", maxLength: MAX_TEXT, label: "文字" }),
  second: text({ initial: "", maxLength: MAX_TEXT, label: "答案在哪段文字里" }),
  way: choice({
    initial: "greedy",
    label: "怎么选词元",
    options: named({ greedy: "贪心", beams: "束搜索，4 束", sample: "采样" }),
  }),
  tokens: setting(GENERATION_RANGES.maxNewTokens, { initial: 40, max: 200, label: "最多写几个词元", unit: "个" }),
  // It draws, so it is never quite cold.
  temperature: setting(GENERATION_RANGES.temperature, { initial: 0.8, min: 0.1, max: 2, step: 0.1 }),
  seed: seed(1),
};
