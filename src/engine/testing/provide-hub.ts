import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { startHub } from "./hub.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the test's hub, without an oddity; it is another origin than that of the page. */
    readonly hub: string;
  }
}

/** Starts a hub for tests that run in a browser. */
export default async function provideHub(project: TestProject): Promise<() => void> {
  const hub = await startHub(fileURLToPath(new URL("../testdata/folders", import.meta.url)));
  project.provide("hub", hub.at("sound").replace(/\/sound$/, ""));
  return () => hub.close();
}
