import { expect, test } from "vitest";
import { deviceName } from "./device-name.ts";

test.each([
  [{ vendor: "apple", architecture: "metal-3" }, "Apple metal-3"],
  [{ vendor: "nvidia", architecture: "ada", description: "NVIDIA GeForce RTX 4060" }, "NVIDIA GeForce RTX 4060"],
  [{ vendor: "somebody" }, "somebody"],
  [{}, "GPU"],
  [{ vendor: "google", architecture: "swiftshader", isFallbackAdapter: true }, "SwiftShader（软件模拟）"],
  [{ vendor: "mesa", architecture: "llvmpipe", isFallbackAdapter: true }, "mesa llvmpipe（软件模拟）"],
])("%o is called %s", (known, name) => {
  const unknown = { vendor: "", architecture: "", device: "", description: "", isFallbackAdapter: false };
  expect(deviceName({ ...unknown, subgroupMinSize: 4, subgroupMaxSize: 128, ...known } as GPUAdapterInfo)).toBe(name);
});
