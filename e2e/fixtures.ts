import { AxeBuilder } from "@axe-core/playwright";
import {
  type BrowserContext,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
  type Request,
  type Response,
  type ViewportSize,
} from "@playwright/test";
import { addressOf, type Backend, WarmPages } from "./warm-pages.ts";

interface Options {
  /** Problems that a test brings about itself, and so allows the page to report. */
  provoked: RegExp | undefined;
}

interface Fixtures {
  /** Opens a page of the site on the CPU, in a window of this size if it is said; `path` as in `/gpt-bert/decoding/#?step.topK=2`. */
  open(path: string, window?: ViewportSize): Promise<void>;
  /** Everything that the page has asked the network for so far. */
  requests: string[];
  /** Fails the test if a page logs an error, throws, misses a file or talks to another server from now on. `page` is watched anyway. */
  watch(page: Page): void;
}

export interface WarmFixtures extends Pick<Fixtures, "open"> {
  /** As `open`, on either backend. */
  openOn(path: string, backend: Backend, window?: ViewportSize): Promise<Page>;
  /** Another page in the context of the warm pages, which finds what they have downloaded; or in a profile of its own. */
  another(profile: "the same" | "a new one"): Promise<Page>;
}

/** Every test in a browser profile of its own: for what stores something, counts downloads, or breaks a page. */
export const test = base.extend<Options & Fixtures, { warmPages: WarmPages }>({
  // Here, so that both kinds of tests share their workers.
  warmPages: [
    async ({ browser }, use, { project }) => {
      const pages = new WarmPages(browser, project.use.baseURL);
      await use(pages);
      await pages.close();
    },
    { scope: "worker" },
  ],

  provoked: [undefined, { option: true }],

  page: async ({ page, watch }, use) => {
    watch(page);
    await use(page);
  },

  open: async ({ page, baseURL }, use) => {
    await use(async (path, window) => {
      if (window) await page.setViewportSize(window);
      await page.goto(addressOf(path, "cpu", baseURL));
    });
  },

  requests: async ({ page }, use) => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await use(requests);
  },

  watch: async ({ baseURL, provoked }, use) => {
    const problems: string[] = [];
    const foreign: string[] = [];
    const onConsole = (message: ConsoleMessage): void => {
      if (message.type() === "error") problems.push(`console: ${message.text()}`);
    };
    const onError = (error: Error): void => {
      problems.push(`exception: ${error.message}`);
    };
    const onResponse = (response: Response): void => {
      if (response.status() >= 400) problems.push(`HTTP ${response.status()}: ${response.url()}`);
    };
    const onRequest = (request: Request): void => {
      const url = request.url();
      if (/^https?:/.test(url) && new URL(url).origin !== baseURL) foreign.push(url);
    };
    const watched: Page[] = [];
    await use((page) => {
      page.on("console", onConsole).on("pageerror", onError).on("response", onResponse).on("request", onRequest);
      watched.push(page);
    });
    // A page may outlive the test, and what it does then is not this test's.
    for (const page of watched) {
      page.off("console", onConsole).off("pageerror", onError).off("response", onResponse).off("request", onRequest);
    }
    const unprovoked = problems.filter((problem) => !provoked?.test(problem));
    expect(unprovoked, "problems that the page reported").toEqual([]);
    expect(foreign, "requests to other servers").toEqual([]);
  },
});

/** Tests on pages that stay open from one to the next: see `WarmPages`. */
export const warmTest = test.extend<WarmFixtures>({
  page: async ({ warmPages, watch }, use) => {
    const page = await warmPages.page("cpu");
    watch(page);
    await use(page);
  },

  open: async ({ openOn }, use) => {
    await use(async (path, window) => {
      await openOn(path, "cpu", window);
    });
  },

  openOn: async ({ warmPages, watch }, use) => {
    await use(async (path, backend, window) => {
      const page = await warmPages.page(backend);
      if (backend !== "cpu") watch(page);
      await warmPages.open(path, backend, window);
      return page;
    });
  },

  another: async ({ warmPages, watch }, use) => {
    const opened: Page[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (profile) => {
      const context = profile === "the same" ? await warmPages.context() : await warmPages.newContext();
      if (profile !== "the same") contexts.push(context);
      const page = await context.newPage();
      opened.push(page);
      watch(page);
      return page;
    });
    for (const page of opened) await page.close();
    for (const context of contexts) await context.close();
  },
});

export { expect };

/** Scrolls to every island of the page until it is alive: once is not enough where what is above it still grows. */
export async function wakeIslands(page: Page): Promise<void> {
  for (const island of await page.locator("astro-island").all()) {
    const asleep = (): Promise<boolean> =>
      island.evaluate((element) => {
        // The island itself has no box (display: contents); what it holds has one.
        element.firstElementChild?.scrollIntoView({ behavior: "instant" });
        return element.hasAttribute("ssr");
      });
    await expect.poll(asleep, { message: "is asleep", intervals: [20, 50, 100] }).toBe(false);
  }
}

/**
 * Fails with one line per violation of WCAG 2.2 A and AA, or of axe's best practices, on the page or parts of it, as they stand.
 *
 * @param rules axe's names of the only rules to hold it to
 */
export async function expectAccessible(page: Page, part = "html", rules?: string[]): Promise<void> {
  // A page that stays has its script already.
  const there = await page.evaluate(() => "axe" in window);
  // Starlight's search button shows its keyboard shortcut, which its accessible name leaves out.
  const axe = new AxeBuilder(there ? { page, axeSource: ";" } : { page })
    // Only what is wrong is reported: to name all that is right takes longer than to look at it. And all is done in the page itself, which has no
    // frames from elsewhere: else what was found on the way goes through a second page.
    .options({ resultTypes: ["violations"] })
    .setLegacyMode()
    .include(part)
    .exclude("site-search > button");
  if (rules) axe.withRules(rules);
  const { violations } = await (part === "html" ? axe.analyze() : alone(page, part, () => axe.analyze()));
  const lines = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  );
  expect(lines, "axe violations").toEqual([]);
}

/**
 * Looks at parts of the page with all that stands beside them out of sight: axe lays a grid over everything that is there, whatever it is to judge, and that
 * takes longer than to judge it. The page as a whole is looked at by a test of its own.
 *
 * @param parts their selector
 */
async function alone<T>(page: Page, parts: string, look: () => Promise<T>): Promise<T> {
  await page.locator(parts).first().waitFor();
  const aside = await page.evaluateHandle((selector) => {
    const shown = [...document.querySelectorAll(selector)];
    const others = new Map<HTMLElement, string>();
    for (const part of shown)
      for (let at = part; at !== document.body && at.parentElement; at = at.parentElement)
        for (const other of at.parentElement.children)
          if (other instanceof HTMLElement && !shown.some((one) => other.contains(one)))
            others.set(other, other.style.cssText);
    // They keep their places: what is drawn there would be drawn anew.
    for (const { style } of others.keys()) style.setProperty("visibility", "hidden", "important");
    return others;
  }, parts);
  try {
    return await look();
  } finally {
    await aside.evaluate((others) => {
      for (const [{ style }, was] of others) style.cssText = was;
    });
  }
}

/** `expectAccessible` once more in the other colour scheme: of all that was looked at before, only colours are others now. */
export async function expectReadableIn(colorScheme: "light" | "dark", page: Page, part = "html"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
  await expectAccessible(page, part, ["color-contrast"]);
}

/** Nothing sticks out to the right: no page is scrolled sideways. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, "pixels that stick out to the right").toBeLessThanOrEqual(0);
}
