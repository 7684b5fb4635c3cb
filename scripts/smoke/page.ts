/*
 * What runs inside a page: each function is sent there as text and sees nothing else of this file.
 */

/** Scrolls to every island until its script is there. @returns the scripts of those that stay asleep */
export async function wakeIslands(): Promise<string[]> {
  for (const island of document.querySelectorAll("astro-island")) {
    island.firstElementChild?.scrollIntoView({ behavior: "instant" });
    for (let i = 0; i < 300 && island.hasAttribute("ssr"); i++) await new Promise((wake) => setTimeout(wake, 50));
  }
  return Array.from(
    document.querySelectorAll("astro-island[ssr]"),
    (island) => `${island.getAttribute("component-url")} sleeps`,
  );
}

/** Presses a button of a demo. @returns the state in which it ends, and the sentence that it says then */
export async function runDemo(name: string, action: string): Promise<string[]> {
  const demo = document.querySelector<HTMLElement>(`[data-demo="${name}"]`);
  const button = demo?.querySelector<HTMLElement>(`[data-action="${action}"]`);
  if (!demo || !button) return ["missing", ""];
  demo.scrollIntoView({ behavior: "instant" });
  button.click();
  for (let i = 0; i < 2400 && !/^(done|error)$/.test(demo.dataset.state ?? ""); i++) {
    await new Promise((wake) => setTimeout(wake, 50));
  }
  const said = demo.querySelector("[data-result=error]") ?? demo.querySelector("[role=status]");
  return [demo.dataset.state ?? "", said?.textContent?.trim() ?? ""];
}

/** What does not fit: buttons whose content is taller than they are, and the page where it is wider than its window. */
export function misfits(): string[] {
  const buttons = Array.from(document.querySelectorAll<HTMLElement>("main button"))
    .filter(({ clientHeight, scrollHeight }) => clientHeight > 0 && scrollHeight > clientHeight + 2)
    .map((button) => `too small for its content: ${button.textContent?.trim()}`);
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth + 1 ? [...buttons, `${scrollWidth} px wide in ${clientWidth}`] : buttons;
}

/** Searches the site as a reader does. @returns addresses of the pages found */
export async function search(words: string): Promise<string[]> {
  document.querySelector<HTMLElement>("site-search > button")?.click();
  const find = <T extends Element>(selector: string) => document.querySelector<T>(`dialog[open] ${selector}`);
  for (let i = 0; i < 200 && !find("a[href]"); i++) {
    const field = find<HTMLInputElement>("input");
    // Again each second: typed before the search has its index, words are lost.
    if (field && i % 20 === 0) {
      field.value = words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
  return Array.from(document.querySelectorAll<HTMLAnchorElement>("dialog[open] a[href]"), ({ href }) => href);
}

/** What has gone wrong in the page since the last call (see `site.ts`). */
export function problems(): string[] {
  return (window as Window & { problems?: string[] }).problems?.splice(0) ?? [];
}
