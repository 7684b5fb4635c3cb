/**
 * `npm run icons`: draws the pictures that phones and messengers show of the site, from its own sign, into `public/`. They are committed: the build needs no
 * browser.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { browserLaunchOptions } from "./browser.ts";

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);
const sign = readFileSync(at("public/favicon.svg"), "utf8");
const colors = readFileSync(at("src/styles/colors.css"), "utf8");
const theme = readFileSync(at("src/styles/theme.css"), "utf8");

interface Picture {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

const PICTURES: readonly Picture[] = [
  {
    file: "public/apple-touch-icon.png",
    width: 180,
    height: 180,
    body: `<div style="padding: 28px">${sign}</div>`,
  },
  {
    // The size that messengers ask for.
    file: "public/share.png",
    width: 1200,
    height: 630,
    body: `<div style="display: grid; grid-template-columns: 260px 1fr; align-items: center; gap: 80px; height: 630px; padding-inline: 110px">
      ${sign}
      <div><p style="margin: 0; font: 700 108px/1.3 var(--vl-serif); letter-spacing: 0.06em">看见大模型</p>
      <p style="margin: 24px 0 0; font: 36px/1.6 var(--vl-sans); color: var(--vl-muted)">在浏览器里运行真的模型，<br>看大语言模型怎样工作</p></div>
    </div>`,
  },
];

const browser = await chromium.launch(await browserLaunchOptions());
try {
  for (const { file, width, height, body } of PICTURES) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: "light" });
    await page.setContent(
      `<style>${colors}${theme} body { margin: 0; background: var(--vl-paper); color: var(--vl-ink) } * { box-sizing: border-box }</style>${body}`,
    );
    writeFileSync(at(file), await page.screenshot());
    await page.close();
  }
} finally {
  await browser.close();
}
