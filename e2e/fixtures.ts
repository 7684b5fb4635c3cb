import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

/** Which backend the engine is made to take: a project of playwright.config.ts sets it. */
export interface BackendOption {
  backend: "cpu" | "webgpu";
}

interface Options extends BackendOption {
  /** Problems that a test brings about itself, and so allows the page to report. */
  provoked: RegExp | undefined;
}

interface Fixtures {
  /** Opens a page of the site with this project's backend; `path` as in `/gpt-bert/decoding/#temperature=2`. */
  open(path: string): Promise<void>;
  /** Everything that the page has asked the network for so far. */
  requests: string[];
  /** Fails any test whose page logs an error, throws, misses a file or talks to another server. */
  soundPage: undefined;
}

export const test = base.extend<Options & Fixtures>({
  backend: ["cpu", { option: true }],
  provoked: [undefined, { option: true }],

  open: async ({ page, backend, baseURL }, use) => {
    await use(async (path) => {
      const url = new URL(path, baseURL);
      url.searchParams.set("backend", backend);
      await page.goto(url.href);
    });
  },

  requests: async ({ page }, use) => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await use(requests);
  },

  soundPage: [
    async ({ page, requests, baseURL, provoked }, use) => {
      const problems: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") problems.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
      page.on("response", (response) => {
        if (response.status() >= 400) problems.push(`HTTP ${response.status()}: ${response.url()}`);
      });
      await use(undefined);
      const foreign = requests.filter((url) => /^https?:/.test(url) && new URL(url).origin !== baseURL);
      const unprovoked = problems.filter((problem) => !provoked?.test(problem));
      expect(unprovoked, "problems that the page reported").toEqual([]);
      expect(foreign, "requests to other servers").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Scrolls to every island of the page and waits until it is alive. */
export async function wakeIslands(page: Page): Promise<void> {
  for (const island of await page.locator("astro-island").all()) {
    // The island itself has no box (display: contents); what it holds has one.
    await island.evaluate((element) => element.firstElementChild?.scrollIntoView({ behavior: "instant" }));
    await expect(island).not.toHaveAttribute("ssr");
  }
}

/**
 * Fails with one line per violation of WCAG 2.2 A and AA, or of axe's best practices, on the page or a part of it, as it stands.
 *
 * @param rules axe's names of the only rules to hold it to
 */
export async function expectAccessible(page: Page, part = "html", rules?: string[]): Promise<void> {
  // Starlight's search button shows its keyboard shortcut, which its accessible name leaves out.
  const axe = new AxeBuilder({ page })
    // Only what is wrong is reported: to name all that is right takes longer than to look at it.
    .options({ resultTypes: ["violations"] })
    .include(part)
    .exclude("site-search > button");
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  const lines = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  );
  expect(lines, "axe violations").toEqual([]);
}

/** `expectAccessible` once more in dark mode, behind one in light: of all that was looked at, only colours are others now. */
export async function expectReadableInDark(page: Page, part = "html"): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page, part, ["color-contrast"]);
}
