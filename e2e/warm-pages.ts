import { type Browser, type BrowserContext, expect, type Page, type ViewportSize } from "@playwright/test";

/** Which backend the engine is made to take. */
export type Backend = "cpu" | "webgpu";

/** What every page of the tests is opened with. */
export const contextOptions = {
  locale: "zh-CN",
  reducedMotion: "reduce",
  // It would answer in the place of the server, and tests could no longer; `site/offline.spec.ts` has it.
  serviceWorkers: "block",
} as const;

export const DESKTOP = { width: 1280, height: 720 };
/** Where something is too wide, it is too wide here. */
export const PHONE = { width: 360, height: 720 };

/** The address of a page of the site, with the backend that is to compute. */
export function addressOf(path: string, backend: Backend, baseURL: string | undefined): string {
  const url = new URL(path, baseURL);
  url.searchParams.set("backend", backend);
  return url.href;
}

/**
 * Two pages of a worker, one for each backend, that stay open from test to test, with all that they have downloaded and compiled: to load a
 * chapter and its models anew takes longer than most tests. They share a context, and so the downloads.
 *
 * What is asked for on the page that is open already is reached by its hash, once every demo has been reset; that nothing is left then is what
 * the contract asserts.
 */
export class WarmPages {
  readonly #browser: Browser;
  readonly #baseURL: string | undefined;
  #context: BrowserContext | undefined;
  readonly #pages = new Map<Backend, Page>();

  constructor(browser: Browser, baseURL: string | undefined) {
    this.#browser = browser;
    this.#baseURL = baseURL;
  }

  /** The context of both, for further pages that are to find the downloads. */
  async context(): Promise<BrowserContext> {
    this.#context ??= await this.newContext();
    return this.#context;
  }

  /** A context that has nothing yet. */
  newContext(): Promise<BrowserContext> {
    const permissions = ["clipboard-read", "clipboard-write"];
    return this.#browser.newContext({ ...contextOptions, viewport: DESKTOP, permissions });
  }

  async page(backend: Backend): Promise<Page> {
    const kept = this.#pages.get(backend);
    if (kept && !kept.isClosed()) return kept;
    const page = await (await this.context()).newPage();
    this.#pages.set(backend, page);
    return page;
  }

  /** Shows `path`, its hash included, as who opens it in a window of this size would see it. */
  async open(path: string, backend: Backend, window: ViewportSize = DESKTOP): Promise<void> {
    const page = await this.page(backend);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(window);
    const wanted = new URL(addressOf(path, backend, this.#baseURL));
    const there = new URL(page.url());
    if (there.pathname !== wanted.pathname) await page.goto(wanted.href);
    else if (await resetAll(page)) await goToHash(page, wanted.hash);
    else {
      // To another place on the same page a browser goes without loading it anew.
      await page.goto("about:blank");
      await page.goto(wanted.href);
    }
  }

  async close(): Promise<void> {
    await this.#context?.close();
  }
}

/** Follows a link to a state of the page that is open. */
export async function goToHash(page: Page, hash: string): Promise<void> {
  await page.evaluate(async (next) => {
    // Also where the address is already this one, the demos are to hear of it.
    history.replaceState(history.state, "", location.pathname + location.search);
    if (next === "") return;
    const heard = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    location.hash = next;
    await heard;
  }, hash);
}

/**
 * Ends whatever runs, resets every demo of the page that has come alive, and folds what was unfolded. False where that cannot be: one of the
 * demos has no reset.
 */
async function resetAll(page: Page): Promise<boolean> {
  const alive = page.locator("astro-island:not([ssr]) [data-demo]");
  const press = (names: readonly string[]): Promise<boolean> =>
    alive.evaluateAll((demos, wanted) => {
      const found = demos.map((demo) =>
        wanted
          .flatMap((name) => [...demo.querySelectorAll<HTMLElement>(`[data-action="${name}"]`)])
          .filter((button) => !button.matches(':disabled, [aria-disabled="true"]')),
      );
      for (const button of found.flat()) button.click();
      return found.every((buttons) => buttons.length > 0);
    }, names);
  await press(["cancel", "stop", "pause-all"]);
  await expect(alive.and(page.locator('[aria-busy="true"]'))).toHaveCount(0);
  if (!(await press(["reset"]))) return false;
  await page.locator("main details[open]").evaluateAll((unfolded) => {
    for (const details of unfolded) if (details instanceof HTMLDetailsElement) details.open = false;
  });
  return true;
}
