import { describe, expect, it } from "vitest";
import { choice, flag, integer, number, type StateOf, text } from "./fields.ts";
import { formatHash, mentionsDemo, parseState, splitHash } from "./hash-state.ts";

const fields = {
  k: integer({ initial: 8, min: 1, max: 50 }),
  temperature: number({ initial: 1, min: 0.1, max: 2 }),
  decoder: choice({ initial: "greedy", values: ["greedy", "beam", "top-k"] }),
  prompt: text({ initial: "空山", maxLength: 6 }),
  trace: flag({ initial: false }),
};
const initial: StateOf<typeof fields> = { k: 8, temperature: 1, decoder: "greedy", prompt: "空山", trace: false };

describe("hash state", () => {
  it("reads back what it wrote, whatever the characters", () => {
    const state: StateOf<typeof fields> = {
      k: 20,
      temperature: 0.35,
      decoder: "top-k",
      prompt: "春&=?#%",
      trace: true,
    };
    const hash = formatHash("", "top-k", fields, state, "top-k");
    expect(parseState(hash, "top-k", fields)).toEqual(state);
    expect(splitHash(hash).anchor).toBe("top-k");
    expect(() => new URL(hash, "https://example.org/")).not.toThrow();
  });

  it("writes nothing for initial values, so a fresh page has a clean address", () => {
    expect(formatHash("", "top-k", fields, initial)).toBe("");
    expect(formatHash("#9-6-5", "top-k", fields, initial)).toBe("#9-6-5");
  });

  it("keeps the state of the other demos and the anchor", () => {
    const first = formatHash("#here", "a", fields, { ...initial, k: 3 });
    const both = formatHash(first, "b", fields, { ...initial, k: 4 });
    expect(parseState(both, "a", fields).k).toBe(3);
    expect(parseState(both, "b", fields).k).toBe(4);
    expect(splitHash(both).anchor).toBe("here");
    const reset = formatHash(both, "a", fields, initial);
    expect(parseState(reset, "a", fields).k).toBe(8);
    expect(parseState(reset, "b", fields).k).toBe(4);
  });

  it("does not confuse a demo with one whose name begins alike", () => {
    const hash = formatHash("", "top", fields, { ...initial, k: 3 });
    expect(parseState(formatHash(hash, "to", fields, initial), "top", fields).k).toBe(3);
  });

  it("knows which demos a hash speaks of, so that a link to one leaves the others alone", () => {
    const hash = formatHash("", "top-k", fields, { ...initial, k: 3 }, "top-k");
    expect(mentionsDemo(hash, "top-k")).toBe(true);
    expect(mentionsDemo(hash, "top")).toBe(false);
    expect(mentionsDemo(hash, "beam")).toBe(false);
    expect(mentionsDemo("#top-k", "top-k")).toBe(false);
  });

  it.each([
    "",
    "#",
    "#?",
    "#%",
    "#a?x.k=",
    "#a?x.k=abc&x.decoder=magic&x.trace=yes&x.temperature=Infinity",
    "#?&&&===",
    "#a?x.k=NaN",
  ])("falls back to the initial values for %j", (hash) => expect(parseState(hash, "x", fields)).toEqual(initial));

  it("clamps numbers and cuts texts", () => {
    const state = parseState("#?x.k=9999&x.temperature=-3&x.prompt=一二三四五六七八", "x", fields);
    expect(state).toMatchObject({ k: 50, temperature: 0.1, prompt: "一二三四五六" });
    expect(parseState("#?x.k=7.6", "x", fields).k).toBe(8);
  });

  it("reads percent-escaped anchors, and a lone % as itself", () => {
    expect(splitHash("#%E6%9D%9F").anchor).toBe("束");
    expect(splitHash("#100%").anchor).toBe("100%");
  });
});
