import { describe, expect, it } from "vitest";
import { filterLogits } from "../../../../engine/decoding/pipeline.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import { logitsOf } from "../../../../engine/testing/random-logits.ts";
import { choiceSentence, endingSentence, entropySentence, stageSentence } from "./sentences.ts";
import { describeStages } from "./stages.ts";

const vocabulary = ["山", "水", "月", "，", " ", "花"];
const logits = logitsOf(0.4, 0.3, 0.1, 0.1, 0.05, 0.05);
const facts = (changes: object) =>
  describeStages(filterLogits(logits, [0], { ...DEFAULT_SETTINGS, doSample: true, ...changes }));

describe("stageSentence", () => {
  it("names all that a filter threw away, when they are few", () => {
    const [model, topK] = facts({ topK: 4 });
    expect(topK && stageSentence(model, topK, vocabulary)).toBe("留下 4 个。扔掉 2 个，共占 10.0%：␣ 花。");
  });

  it("names the likeliest, when they are many", () => {
    const [model, topK] = facts({ topK: 1 });
    expect(topK && stageSentence(model, topK, vocabulary)).toBe(
      "留下 1 个。扔掉 5 个，共占 60.0%，最大的是 水 月 ， ␣。",
    );
  });

  it("says what a filter did that threw nothing away", () => {
    const [model, temperature] = facts({ temperature: 2 });
    expect(temperature && stageSentence(model, temperature, vocabulary)).toMatch(
      /^一个也不扔。熵 2\.1\d → 2\.4\d 比特。$/,
    );
  });
});

describe("entropySentence", () => {
  it("counts the tokens, and those that would be as uncertain", () => {
    const [model] = describeStages(filterLogits(logitsOf(0.25, 0.25, 0.25, 0.25), [], DEFAULT_SETTINGS));
    expect(entropySentence(model)).toBe("4 个词元可选，熵 2.00 比特：同 4.0 个一样可能的字一样难猜。");
  });
});

const choice = { token: 1, by: "reader" as const, probability: 0.25, filtered: 0.5 };

describe("choiceSentence", () => {
  it("says who chose, and whether the decoder could have", () => {
    expect(choiceSentence(choice)).toBe("概率 25.0%，你选的");
    expect(choiceSentence({ ...choice, filtered: 0 })).toBe("概率 25.0%，你选的，解码器已经筛掉了它");
  });
});

describe("endingSentence", () => {
  it("says why a text is over, and its mean surprise in bits", () => {
    expect(endingSentence([choice, { ...choice, probability: 0.5 }], true)).toBe(
      "选了结束词元 [END]，诗写完了。平均每个词元的意外是 1.50 比特。",
    );
    expect(endingSentence([choice], false)).toContain("上下文满了");
  });
});
