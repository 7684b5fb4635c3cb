import { gzipSync } from "node:zlib";
import { chapters, sections } from "../src/book.ts";
import { differences } from "./contract/compare.ts";
import { FORWARD, hashOf, type Row } from "./contract/row.ts";
import { rows } from "./contract/rows.ts";
import { Visit } from "./contract/visit.ts";
import { WITHOUT_FIGURE } from "./contract/without-figure.ts";
import { action, copiedLink, savedPicture } from "./demos/demo.ts";
import { expect, expectAccessible, expectNoOverflow, expectReadableIn, warmTest as test } from "./fixtures.ts";
import { DESKTOP, goToHash, PHONE } from "./warm-pages.ts";

/** A word of a head that is neither a term that stays as it is nor a name of a tensor. */
const FOREIGN = /(?<![\w.])(?!(?:ln|clip|best|of|distinct|top|gpt|bert|zh|sentiment)(?![\w.]))[a-z]{2,}(?![\w.])/;

/** Kilobytes of HTML, gzipped, that a figure may add to its page, and all of a page of its own that one reads in a sitting. */
const FIGURE_BUDGET = { page: 30, each: 10 };
/** Figures that still add more, by their demos. This list gets shorter. */
const HEAVIER: ReadonlyMap<string, number> = new Map([["beam-tree", 15]]);

/** Pages that are cut into sections, or are one. */
const CUT = new Set(
  [...chapters.filter((chapter) => chapter.sections !== undefined), ...sections].map(({ slug }) => `/${slug}/`),
);

/** Whether a demo opens with its figure drawn. */
const opensDrawn = ({ page, demo }: Row): boolean => !WITHOUT_FIGURE.has(`${page} ${demo}`);

/** What every demo promises, whatever it is about: one load of its page, and one more of the link that it copies. */
for (const row of rows) {
  test(`${row.page} ${row.demo}`, async ({ page, open, another }) => {
    await open(row.page);
    const visit = new Visit(page, row);
    const { demo } = visit;
    await test.step("has its buttons and the top of its figure in one window", async () => {
      const { row: buttons, figure } = await visit.places();
      expect(buttons, "bottom of the buttons").toBeLessThanOrEqual(300);
      expect(figure, "top of the figure").toBeLessThanOrEqual(560);
    });

    await page.setViewportSize(PHONE);
    await test.step("opens with its defaults", async () => {
      await visit.wake();
    });
    const untouched = await visit.looks();

    await test.step("its first figure, and what it saves, are what the reader's own run gives", async () => {
      const reason = WITHOUT_FIGURE.get(`${row.page} ${row.demo}`);
      if (reason) return expect(demo).not.toHaveAttribute("data-figure", /built|recorded/);
      await expect(demo).toHaveAttribute("data-figure", /built|recorded/);
      const before = await visit.record();
      if (row.enough) await visit.runUntil(row.enough);
      else await visit.run();
      await expect(demo).toHaveAttribute("data-figure", "live");
      const { tolerance } = FORWARD;
      const { enough, firstRecords: records } = row;
      const agreement = records ? { tolerance, records } : { tolerance, enough };
      expect(differences(before, await visit.record(), agreement)).toEqual([]);
      if (row.reset === false) return;
      await action(demo, "reset").click();
      await expect(demo).toHaveAttribute("data-figure", /built|recorded/);
    });

    await page.setViewportSize(DESKTOP);
    const first =
      await test.step("runs by keyboard: the focus stays, nothing jumps, not too much is said", async () => {
        await goToHash(page, hashOf(row));
        await visit.prepare();
        const button = action(demo, row.run?.[0].press ?? "run");
        const pressed = await button.elementHandle();
        const { shift, said, heights, seconds } = await visit.watched(() =>
          visit.run(async () => {
            await button.focus();
            await page.keyboard.press("Enter");
          }),
        );
        await expect(demo.locator(":focus-visible")).toHaveCount(1);
        // A run of several gestures ends where the last of them was made.
        const moves = (row.run?.length ?? 1) > 1;
        if (!moves) expect(await pressed?.evaluate((element) => element === document.activeElement)).toBe(true);
        expect(shift, "layout shift").toBeLessThan(0.02);
        expect(heights, "heights of the row of buttons").toHaveLength(1);
        if (!moves) expect(said.length, said.join("\n")).toBeLessThanOrEqual(3 + seconds / 10);
        return visit.record();
      });
    await page.setViewportSize(PHONE);

    await test.step("saves numbers, and not none", () => {
      const [head, ...body] = first;
      expect(new Set(head).size, "columns of different names").toBe(head?.length);
      if (row.record !== "text") expect(body.length, "rows").toBeGreaterThan(0);
      expect(first.flat().filter((cell) => /^(NaN|-?Infinity|undefined|null)$/.test(cell))).toEqual([]);
      if (row.record !== "text")
        expect(
          head?.filter((name) => FOREIGN.test(name)),
          "heads in English",
        ).toEqual([]);
    });

    await test.step("saves a picture that says what it shows", async () => {
      if (row.picture === false) return expect(action(demo, "save-svg")).toHaveCount(0);
      const picture = await savedPicture(page, demo);
      const words = picture.replaceAll(/<[^>]*>/g, "");
      expect(words).toContain(await demo.locator(".title").first().textContent());
      expect(words).toContain(`${new URL(page.url()).pathname}`);
      expect(words).not.toMatch(/undefined|NaN/);
      if (row.seeded) expect(words).toMatch(/种子 \d/);
      expect(picture.match(/<(?:path|rect|text|circle|line)\b/g)?.length, "parts").toBeGreaterThan(8);
    });

    const link = row.link === false ? undefined : await copiedLink(page, demo);

    await test.step("is accessible on a phone, in light and dark", async () => {
      for (const gesture of row.show ?? []) await visit.do(gesture);
      await expectAccessible(page, row.part ?? visit.selector);
      await expectNoOverflow(page);
      await expectReadableIn("dark", page, row.part ?? visit.selector);
      await page.emulateMedia({ colorScheme: "light" });
    });

    const change = row.change ?? (row.seeded ? { press: "next-seed" } : undefined);
    if (change) {
      await test.step("does not pass off as new what was made with other settings", async () => {
        const computed = await visit.change(change);
        if (!row.seeded) return;
        if (!computed) await visit.run();
        expect(await visit.record(), "with another seed").not.toEqual(first);
      });
    }

    if (row.reset !== false) {
      await test.step("reset makes it what it was, and then it gives the same again", async () => {
        await action(demo, "reset").click();
        if (row.link !== false)
          await expect.poll(async () => new URL(await copiedLink(page, demo)).hash).toBe(`#${row.demo}`);
        if (!row.keeps) {
          await expect.poll(() => visit.looks()).toEqual(untouched);
          await goToHash(page, hashOf(row));
          await visit.prepare();
          await visit.run();
          expect(await visit.record()).toEqual(first);
        }
      });
    }

    if (link !== undefined) {
      await test.step("its link gives the same to somebody else, also after a run that was cancelled", async () => {
        const other = await another(row.keeps ? "a new one" : "the same");
        await other.goto(link);
        const again = new Visit(other, row);
        await again.prepare();
        if (row.cancel !== false) await again.cancelMidway(row.cancel ?? "cancel");
        if (row.steps) await again.step();
        await again.runByEnter();
        expect(await again.record()).toEqual(first);
      });
    }
  });
}

for (const [path, own] of Map.groupBy(rows.filter(opensDrawn), ({ page }) => page)) {
  test(`${path} shows its figures without a script, and is not heavy with them`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(new URL(path, baseURL).href);
    let sum = 0;
    for (const row of own) {
      const { demo } = new Visit(page, row);
      await expect(demo.locator(`[data-result="${row.result}"]`).first()).toBeVisible();
      await expect(demo.getByText(/^(构建时算出|存下来的结果) · \d{4}-\d\d-\d\d/)).toBeVisible();
      const size = gzipSync(await demo.locator(".stage").first().innerHTML()).byteLength / 1024;
      expect
        .soft(size, `kB of the figure of ${row.demo}`)
        .toBeLessThanOrEqual(HEAVIER.get(row.demo) ?? FIGURE_BUDGET.each);
      sum += size;
    }
    if (CUT.has(path)) expect(sum, "kB of figures").toBeLessThanOrEqual(FIGURE_BUDGET.page);
    await context.close();
  });
}
