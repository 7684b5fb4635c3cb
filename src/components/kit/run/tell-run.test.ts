import { expect, test } from "vitest";
import { tellRun } from "./tell-run.ts";

const words = { work: "训练", progress: "256 / 2048 步", idle: "点「开始」。" };
const idle = { state: "idle", number: 0, downloading: false, changed: false, remains: "没有开始。" } as const;

test("a run is told by its state", () => {
  expect(tellRun(idle, words)).toBe("点「开始」。");
  expect(tellRun({ ...idle, number: 1 }, words)).toBe("256 / 2048 步。");
  expect(tellRun({ ...idle, state: "running" }, words)).toBe("正在训练：256 / 2048 步。");
  expect(tellRun({ ...idle, state: "running" }, { ...words, running: "正在写第一轮。" })).toBe("正在写第一轮。");
  expect(tellRun({ ...idle, state: "failed" }, words)).toBe("没有开始。");
});

test("of a download only the frame knows", () => {
  expect(tellRun({ ...idle, state: "starting", downloading: true }, words)).toBeUndefined();
  expect(tellRun({ ...idle, state: "starting" }, words)).toBe("正在准备引擎。");
});

test("in a pause the reader is told when what he changes will count", () => {
  const paused = { ...idle, state: "paused", number: 1 } as const;
  expect(tellRun(paused, words)).toBe("暂停在 256 / 2048 步。");
  expect(tellRun({ ...paused, changed: true }, { ...words, progress: "第 1 轮" })).toMatch(
    /^暂停在第 1 轮。改过的设置/,
  );
});
