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

test("every page of the sidebar is there", async ({ page, open, request }) => {
  await open("/");
  const links = page.locator("nav.sidebar a, header a, main a");
  const addresses = await links.evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
  const own = new Set(addresses.filter((address) => new URL(address).origin === new URL(page.url()).origin));
  expect(own.size).toBeGreaterThan(1);
  for (const address of own) expect((await request.get(address)).status(), address).toBe(200);
});
