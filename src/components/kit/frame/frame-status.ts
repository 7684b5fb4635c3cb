import type { Progress } from "../../../engine/files/download.ts";
import { formatBytes } from "../text/format.ts";
import type { DemoState, ModelLabel } from "./types.ts";

/** What a demo is doing, as one sentence, when the demo itself has nothing more exact to say. */
export function frameStatus(state: DemoState, model?: ModelLabel, progress?: Progress): string {
  switch (state) {
    case "idle":
      return model && !model.loaded && !model.note ? `开始时下载模型（${formatBytes(model.bytes)}），只下载一次。` : "";
    case "loading":
      return progress
        ? `正在${model?.note ? "读取" : "下载"}模型：${formatBytes(progress.loaded)}，共 ${formatBytes(progress.total)}。`
        : "正在准备模型……";
    case "running":
      return "正在计算……";
    case "paused":
      return "暂停了。";
    case "done":
      return "算完了。";
    case "error":
      return "没有算完。";
  }
}
