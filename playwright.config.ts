import { createServer } from "node:net";
import { defineConfig } from "@playwright/test";
import { contextOptions } from "./e2e/warm-pages.ts";
import { browserLaunchOptions } from "./scripts/browser.ts";

// The workers inherit the environment, and with it the port that the first process has chosen.
process.env.E2E_PORT ??= String(await freePort());
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`;

/** End-to-end tests in a real Chromium over the built site: `dist/` must be there (`npm run build`). */
export default defineConfig({
  testDir: "e2e",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Models run on a software adapter here: on a busy machine one run of a demo may take a minute, and a test has several.
  timeout: 240_000,
  expect: { timeout: 90_000 },
  use: {
    baseURL,
    actionTimeout: 30_000,
    launchOptions: await browserLaunchOptions(),
    locale: contextOptions.locale,
    serviceWorkers: contextOptions.serviceWorkers,
    contextOptions: { reducedMotion: contextOptions.reducedMotion },
    // A trace of every test, to keep those of the few that fail, takes about as long as the tests: `npm run e2e -- --trace on` when one is wanted.
    screenshot: "only-on-failure",
  },
  projects: [
    // What holds for every page, whatever runs the models.
    { name: "site", testDir: "e2e/site" },
    // What every demo promises, on either backend, and what only one can do, on the CPU. The tests of a file share its page, so one worker does them.
    { name: "demos", testMatch: ["contract.spec.ts", "exercises.spec.ts", "demos/*.spec.ts"], fullyParallel: false },
  ],
  webServer: { command: `astro preview --host 127.0.0.1 --port ${process.env.E2E_PORT}`, url: baseURL },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
