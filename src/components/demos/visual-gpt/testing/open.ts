import { openNodeEngine } from "../../../../engine/node-engine.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";

/** What a run of this chapter's demos is given, on the CPU in Node. */
export async function openContext(): Promise<WorkContext> {
  const engine = await openNodeEngine("public/models");
  return { engine, model: await engine.load("gpt-zh"), signal: new AbortController().signal };
}
