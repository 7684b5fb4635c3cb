import type { Page } from "@playwright/test";
import { differences } from "./contract/compare.ts";
import { FORWARD, hashOf, type Row, settingsOfOthers } from "./contract/row.ts";
import { rows } from "./contract/rows.ts";
import { Visit } from "./contract/visit.ts";
import { opensDrawn } from "./contract/without-figure.ts";
import { action, copiedLink, savedPicture } from "./demos/demo.ts";
import {
  expect,
  expectAccessible,
  expectNoOverflow,
  expectReadableIn,
  warmTest as test,
  type WarmFixtures,
} from "./fixtures.ts";
import { addressOf, type Backend, DESKTOP, goToHash, PHONE } from "./warm-pages.ts";

/** A word of a head that is neither a term that stays as it is nor a name of a tensor. */
const FOREIGN = /(?<![\w.])(?!(?:ln|clip|best|of|distinct|top|gpt|bert|zh|sentiment)(?![\w.]))[a-z]{2,}(?![\w.])/;

/** Whether the run of the row's settings is one of the demo's own: then it is what the first figure is held to. */
const runsAtDefaults = ({ settings, before, enough }: Row): boolean => !settings && !before && !enough;

/** Whether the run on WebGPU is the one that somebody else makes of the link: what has no reset has gone on since, and what is stored is there on all of a profile. */
const opensLinkOnWebGPU = ({ backends, keeps, reset }: Row): boolean => backends !== false && !keeps && reset !== false;

/** How a frame names what computes. */
const LABELS = { cpu: /^CPU · /, webgpu: /^WebGPU · / } as const;

/**
 * Holds a demo to what every demo promises, whatever it is about, on one page, which a phone shows but for the run that is watched; the link that it
 * copies is opened on WebGPU, or in one load more.
 * @returns what it gives on the CPU, and its link
 */
async function keepsPromises(
  row: Row,
  { page, open, another }: Pick<WarmFixtures, "open" | "another"> & { page: Page },
): Promise<{ readonly record: string[][]; readonly link: string | undefined }> {
  await open(row.page, PHONE);
  const visit = new Visit(page, row);
  const { demo } = visit;
  await test.step("opens with its defaults", async () => {
    await visit.wake();
  });
  const untouched = await visit.looks();

  const figure = await test.step("opens drawn, or says why not", async () => {
    if (!opensDrawn(row)) {
      await expect(demo).not.toHaveAttribute("data-figure", /built|recorded/);
      return undefined;
    }
    await expect(demo).toHaveAttribute("data-figure", /built|recorded/);
    return visit.record();
  });
  const expectFigure = (given: string[][]): void => {
    const { enough, firstRecords: records } = row;
    if (figure)
      expect(differences(figure, given, records ? { ...FORWARD, records } : { ...FORWARD, enough })).toEqual([]);
  };

  if (figure && !runsAtDefaults(row)) {
    await test.step("its first figure, and what it saves, are what the reader's own run gives", async () => {
      if (row.enough) await visit.runUntil(row.enough);
      else await visit.run();
      expectFigure(await visit.record());
      await expect(demo).toHaveAttribute("data-figure", "live");
      if (row.reset === false) return;
      await action(demo, "reset").click();
      await expect(demo).toHaveAttribute("data-figure", /built|recorded/);
    });
  }

  await page.setViewportSize(DESKTOP);
  await test.step("has its buttons and the top of its figure in one window", async () => {
    const { row: buttons, figure: top } = await visit.places();
    expect(buttons, "bottom of the buttons").toBeLessThanOrEqual(300);
    expect(top, "top of the figure").toBeLessThanOrEqual(560);
  });
  const first = await test.step("runs by keyboard: the focus stays, nothing jumps, not too much is said", async () => {
    await goToHash(page, hashOf(row));
    await visit.prepare();
    // Else a run of its own would be said and seen beside the one that is watched.
    await visit.settled();
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
  if (row.backends !== false) await expect(demo.getByText(LABELS.cpu)).toBeVisible();
  if (runsAtDefaults(row)) {
    await test.step("its first figure, and what it saves, are what this run gives", async () => {
      expectFigure(first);
      if (figure) await expect(demo).toHaveAttribute("data-figure", "live");
    });
  }

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

  const link = row.link === false ? undefined : (await copiedLink(page, demo)) + settingsOfOthers(row).query;

  await test.step("is accessible on a phone, in light and dark", async () => {
    for (const gesture of row.show ?? []) await visit.do(gesture);
    // In the first moment of a run its button has one label going and the other coming.
    await visit.settled();
    await expectNoOverflow(page);
    const part = row.part ?? visit.selector;
    await expectAccessible(page, part);
    await expectReadableIn("dark", page, part);
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
    await test.step("reset makes it what it was", async () => {
      await action(demo, "reset").click();
      // What the row has set of others is theirs to undo.
      for (const name of settingsOfOthers(row).demos) {
        await action(page.locator(`[data-demo="${name}"]`), "reset").click();
      }
      if (figure) await expect(demo).toHaveAttribute("data-figure", /built|recorded/);
      if (row.link !== false)
        await expect.poll(async () => new URL(await copiedLink(page, demo)).hash).toBe(`#${row.demo}`);
      if (!row.keeps) await expect.poll(() => visit.looks()).toEqual(untouched);
    });
  }

  if (row.reset !== false && !row.keeps) {
    await test.step("its link gives the same again, also behind a run that was cancelled", async () => {
      await goToHash(page, link ? new URL(link).hash : hashOf(row));
      await visit.prepare();
      await runBehindCancelled(visit);
      expect(await visit.record()).toEqual(first);
    });
  }

  if (link !== undefined && !opensLinkOnWebGPU(row)) {
    await test.step("its link gives the same to somebody else", async () => {
      const other = await another(row.keeps ? "a new one" : "the same");
      await other.goto(link);
      const again = new Visit(other, row);
      await again.prepare();
      if (row.reset === false || row.keeps) await runBehindCancelled(again);
      else await again.runByEnter();
      expect(await again.record()).toEqual(first);
    });
  }
  return { record: first, link };
}

/** Runs the demo as a reader may who does not leave it alone: cancels a run, takes a single step, and goes on. */
async function runBehindCancelled(visit: Visit): Promise<void> {
  const { cancel = "cancel", steps } = visit.row;
  // Else it would be a run of its own that is cancelled.
  await visit.settled();
  if (cancel !== false) await visit.cancelMidway(cancel);
  if (steps) await visit.step();
  await visit.runByEnter();
}

/** What the demo saves of a run on a backend. @param link where its address was copied from it */
async function runOn(
  backend: Backend,
  row: Row,
  { openOn, another, baseURL }: Pick<WarmFixtures, "openOn" | "another"> & { baseURL: string | undefined },
  link?: string,
): Promise<string[][]> {
  const address = link ?? row.page + hashOf(row);
  // What is stored on one page is there on all of its profile.
  const page = row.keeps ? await another("a new one") : await openOn(address, backend);
  if (row.keeps) await page.goto(addressOf(address, backend, baseURL));
  const visit = new Visit(page, row);
  await visit.prepare();
  const { enough } = row.backends || FORWARD;
  if (enough) await visit.runUntil(enough);
  // What its address has set is often computed before anybody presses.
  else if (!(await visit.ranByItself())) await visit.runByEnter();
  await expect(visit.demo.getByText(LABELS[backend])).toBeVisible();
  return visit.record();
}

test.describe.configure({ mode: "parallel" });

for (const [path, own] of Map.groupBy(rows, ({ page }) => page)) {
  test.describe(path, () => {
    // In one worker, one after the other: what it has loaded and compiled for one demo of the page serves all.
    test.describe.configure({ mode: "default" });

    for (const row of own) {
      const { backends: agreement = FORWARD } = row;
      let saved: Awaited<ReturnType<typeof keepsPromises>> | undefined;

      test(row.demo, async ({ page, open, another }) => {
        saved = await keepsPromises(row, { page, open, another });
      });

      if (!agreement) continue;
      test(`${row.demo}, on WebGPU: the same numbers`, async ({ openOn, another, baseURL }) => {
        const visiting = { openOn, another, baseURL };
        // What has no reset has gone on in the meantime: each press writes another poem.
        const given = saved && row.reset !== false ? saved.record : await runOn("cpu", row, visiting);
        const link = opensLinkOnWebGPU(row) ? saved?.link : undefined;
        expect(differences(given, await runOn("webgpu", row, visiting, link), agreement)).toEqual([]);
      });
    }
  });
}
