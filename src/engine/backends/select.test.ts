import { afterEach, expect, test, vi } from "vitest";
import { chooseBackend } from "./select.ts";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["has no WebGPU", {}],
  ["has switched it off", { gpu: null }],
])("where the browser %s, the CPU computes; forced, it is said what to do", async (_, navigator) => {
  vi.stubGlobal("navigator", navigator);
  const { backend, reason } = await chooseBackend();
  expect([backend.kind, reason]).toEqual(["cpu", "这个浏览器没有 WebGPU"]);
  backend.dispose();
  await expect(chooseBackend("webgpu")).rejects.toThrow(/去掉网址里的 \?backend=webgpu.*（这个浏览器没有 WebGPU）/);
});
