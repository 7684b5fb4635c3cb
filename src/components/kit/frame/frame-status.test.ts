import { describe, expect, it } from "vitest";
import { frameStatus } from "./frame-status.ts";

const model = { id: "gpt-poem", title: "gpt-poem", bytes: 9_800_000 };
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("frameStatus", () => {
  it("names the download before it happens, and only then", () => {
    expect(plain(frameStatus("idle", model))).toContain("9.8 MB");
    expect(frameStatus("idle", { ...model, loaded: true })).toBe("");
    expect(frameStatus("idle")).toBe("");
    expect(frameStatus("paused", model)).toBe("暂停了。");
  });

  it("tells how much has come", () => {
    expect(plain(frameStatus("loading", model, { loaded: 2_000_000, total: 9_800_000 }))).toBe(
      "正在下载模型：2 MB，共 9.8 MB。",
    );
  });
});
