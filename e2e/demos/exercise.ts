import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible } from "../fixtures.ts";
import { action, wake } from "./demo.ts";

/** The exercise of that name, scrolled to and alive. */
export function wakeExercise(page: Page, name: string): Promise<Locator> {
  return wake(page.locator(`[data-exercise="${name}"]`));
}

/** Has the answer checked that is written in the exercise; with a verdict below it, it is still accessible. */
export async function check(form: Locator, verdict: string | RegExp, says: string | RegExp = ""): Promise<void> {
  await action(form, "check").click();
  const status = form.getByRole("status");
  await expect(status).toHaveAttribute("data-verdict", verdict);
  await expect(status).toContainText(says);
  await expectAccessible(form.page(), `[data-exercise="${await form.getAttribute("data-exercise")}"]`);
}
