import type { Locator } from "@playwright/test";
import type { Try } from "./contract/exercise-row.ts";
import { exercises } from "./contract/exercises.ts";
import { action } from "./demos/demo.ts";
import { wakeExercise } from "./demos/exercise.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";

async function answer(form: Locator, [values, verdict, says = ""]: Try, picks?: true): Promise<void> {
  const places = picks ? form.getByRole("group").getByRole("button") : form.getByRole("textbox");
  for (const [i, value] of values.entries()) {
    if (picks) await places.nth(Number(value)).click();
    else await places.nth(i).fill(value);
  }
  const status = form.getByRole("status");
  // A verdict speaks of one answer, and goes with it.
  if (values.length > 0) await expect(status).toHaveText("");
  await action(form, "check").press("Enter");
  await expect(status).toHaveAttribute("data-verdict", verdict);
  await expect(status).toContainText(says);
}

test.describe.configure({ mode: "parallel" });

for (const page of new Set(exercises.map((row) => row.page))) {
  test(`${page}: exercises tell right from wrong from nonsense`, async ({ page: tab, open }) => {
    await open(page);
    const own = exercises.filter((row) => row.page === page);
    for (const { exercise, picks, tries } of own) {
      await test.step(exercise, async () => {
        const form = await wakeExercise(tab, exercise);
        for (const each of tries) await answer(form, each, picks);
      });
    }
    // With a verdict below each.
    await expectAccessible(tab, own.map(({ exercise }) => `[data-exercise="${exercise}"]`).join());
  });
}
