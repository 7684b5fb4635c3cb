import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import { action, expectDone, result, wake, wakeDemo } from "./demo.ts";

export const PAGE = "/gpt-bert/implement-bert/";
/** The pages behind the opening. */
export const SECTIONS = {
  embeddings: `${PAGE}embeddings/`,
  attention: `${PAGE}attention/`,
  feedForward: `${PAGE}feed-forward/`,
  model: `${PAGE}model/`,
} as const;
export const FIRST = "猫坐在[MASK]子上";

export async function begin(page: Page): Promise<Locator> {
  const demo = await wakeDemo(page, "bert");
  await action(demo, "run").click();
  await expectDone(demo);
  await expect(result(demo, "tokens").locator("li")).toHaveCount(8);
  return demo;
}

/** Reads another first sentence, and waits until it is compared with the one before. */
export async function change(demo: Locator, sentence: string, before: string): Promise<void> {
  await demo.getByLabel("第一句").fill(sentence);
  await expect(result(demo, "reference")).toContainText(`「${before}」`);
  await expectDone(demo);
}

/** The island that shows one place on the way through the model. */
export async function station(page: Page, id: string): Promise<Locator> {
  const figure = await wake(page.locator(`[data-station="${id}"]`));
  await expect(figure).toHaveAttribute("data-state", "ready");
  return figure;
}
