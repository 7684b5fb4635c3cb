import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { browserLaunchOptions } from "./scripts/browser.ts";
import { mendTransformers } from "./scripts/mend-transformers.ts";
import { onnxRuntimeAlias } from "./scripts/onnx-runtime.ts";

/** Unit tests stand beside what they test: `*.test.ts` runs in Node, `*.browser.test.ts` in Chromium with WebGPU. */
export default defineConfig({
  // Found before the first test, or Vite reloads the page in the middle of one.
  optimizeDeps: {
    include: ["@huggingface/transformers", "comlink", "idb"],
    rolldownOptions: { plugins: [mendTransformers()] },
  },
  resolve: { alias: onnxRuntimeAlias },
  test: {
    // A software adapter on a busy machine compiles shaders for many seconds, most of them before the first test of a file.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Both projects at the same time: a test in the browser mostly waits for its adapter. In group 0 those of Node would wait for all of them.
    sequence: { groupOrder: 1 },
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          // As many as the browser has: what runs at the same time must have.
          maxWorkers: 1,
          include: ["{src,scripts}/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["{src,scripts}/**/*.browser.test.ts"],
          globalSetup: ["src/engine/testing/provide-hub.ts"],
          // The adapter is a software one: two files at once only slow each other down.
          fileParallelism: false,
          // One page for all files: what compiles the kernels of a backend is done once (`src/engine/testing/shared-backend.ts`).
          isolate: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await browserLaunchOptions() }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
