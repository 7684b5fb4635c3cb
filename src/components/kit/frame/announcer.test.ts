import { describe, expect, it } from "vitest";
import { Announcer } from "./announcer.ts";

describe("Announcer", () => {
  it("says nothing of what stands there from the beginning", () => {
    expect(new Announcer("点「开始」。").hear("点「开始」。", false, 0)).toBe("");
  });

  it("says start and end at once, and what is between them every ten seconds", () => {
    const announcer = new Announcer("");
    expect(announcer.hear("正在训练：0 步。", true, 0)).toBe("正在训练：0 步。");
    expect(announcer.hear("正在训练：1 步。", true, 100)).toBe("正在训练：0 步。");
    expect(announcer.hear("正在训练：99 步。", true, 9_999)).toBe("正在训练：0 步。");
    expect(announcer.hear("正在训练：100 步。", true, 10_000)).toBe("正在训练：100 步。");
    expect(announcer.hear("正在训练：101 步。", true, 10_100)).toBe("正在训练：100 步。");
    expect(announcer.hear("暂停在 101 步。", false, 10_200)).toBe("暂停在 101 步。");
    expect(announcer.hear("正在训练：101 步。", true, 10_300)).toBe("正在训练：101 步。");
    expect(announcer.hear("训练完了。", false, 10_400)).toBe("训练完了。");
  });

  it("says whatever the reader brings about while nothing runs", () => {
    const announcer = new Announcer("");
    expect(announcer.hear("「山」：12%。", false, 0)).toBe("「山」：12%。");
    expect(announcer.hear("「水」：8%。", false, 50)).toBe("「水」：8%。");
  });
});
