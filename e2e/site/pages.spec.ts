import { expect, expectAccessible, test, wakeIslands } from "../fixtures.ts";
import { pages } from "./pages.ts";

const screens = [
  { name: "desktop", width: 1280, height: 800 },
  { name: "phone", width: 360, height: 720 },
];

for (const path of pages) {
  for (const { name, ...viewport } of screens) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`${path} is sound and accessible (${name}, ${colorScheme})`, async ({ page, open }) => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await open(path);
        await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
        await wakeIslands(page);
        await expectAccessible(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, "pixels that stick out to the right").toBeLessThanOrEqual(0);
      });
    }
  }
}
