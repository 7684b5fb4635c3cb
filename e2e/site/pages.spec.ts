import { expect, expectAccessible, test, wakeIslands } from "../fixtures.ts";
import { pages } from "./pages.ts";

const screens = [
  { name: "desktop", width: 1280, height: 800, colorSchemes: ["light", "dark"] },
  { name: "phone", width: 360, height: 720, colorSchemes: ["dark", "light"] },
] as const;

for (const path of pages) {
  for (const {
    name,
    colorSchemes: [first, second],
    ...viewport
  } of screens) {
    test(`${path} is sound and accessible (${name}), ${first} and ${second}`, async ({ page, open }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: first, reducedMotion: "reduce" });
      await open(path);
      await expect(page.locator("html")).toHaveAttribute("data-theme", first);
      await wakeIslands(page);
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, "pixels that stick out to the right").toBeLessThanOrEqual(0);

      await page.emulateMedia({ colorScheme: second });
      await expect(page.locator("html")).toHaveAttribute("data-theme", second);
      // Of all that was looked at, only colours are others now.
      await expectAccessible(page, "html", ["color-contrast"]);
    });
  }
}
