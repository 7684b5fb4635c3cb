import { expect, it } from "vitest";
import { forwardedTo } from "./forward.ts";

const moved = { "beam-tree": "/a/beam/", temperature: "/a/sampling/", 温度把分布变尖或变平: "/a/sampling/" };

it.each([
  ["#beam-tree", "/a/beam/"],
  ["#beam-tree?beam-tree.numBeams=1", "/a/beam/"],
  ["#beam-tree?step.topK=5", "/a/beam/"],
  [`#${encodeURIComponent("温度把分布变尖或变平")}`, "/a/sampling/"],
  ["#?temperature.values=3", "/a/sampling/"],
])("%s is followed to where it is now", (hash, page) => expect(forwardedTo(hash, moved)).toBe(page));

it.each([
  "",
  "#",
  "#step",
  "#step?step.topK=5&beam-tree.numBeams=2",
  "#?step.topK=5&beam-tree.numBeams=2",
  "#constructor",
  "#?=1",
])("%j stays", (hash) => expect(forwardedTo(hash, moved)).toBeUndefined());
