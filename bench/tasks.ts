import { existsSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Locator, type Page } from "@playwright/test";
import { browserLaunchOptions } from "../scripts/browser.ts";
import { serve } from "./server.ts";
import { summarize } from "./statistics.ts";
import { type Task, tasksOf } from "./trace.ts";

/**
 * `npm run bench:tasks`: how long the main thread of a page is busy at a stretch while a reader scrubs through the film of chapter 9.2, and drags over a matrix of
 * the walk and goes from station to station; the site must be built. A task of more than 50 ms is felt.
 * `-- --own path/to/gpt2` opens a checkpoint of one's own instead, and runs every demo of the chapter with it. `-- --rounds 3` measures less often.
 */

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" }, own: { type: "string" } } });

const CHAPTER = "/gpt-bert/visual-gpt/";
/** Moves of the mouse of a gesture, one about every frame. */
const MOVES = 80;
const FRAME_MS = 16;
const FELT_MS = 50;
const TEXT = "hello hello";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
if (!existsSync(dist)) throw new Error("Build the site first: npm run build");
const server = await serve(new Map([["/", dist]]));
const browser = await chromium.launch(await browserLaunchOptions());
try {
  console.log(`${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
  console.log(`longest task of the main thread in ms: median (quartiles; least) of ${values.rounds} rounds`);
  console.log(`${"".padEnd(32)} ${"of the processor".padEnd(36)} on the clock`);
  if (values.own) await runOwn(browser, values.own);
  else {
    await scrub(browser);
    await walk(browser);
  }
} finally {
  await browser.close();
  server.close();
}

/** A page of the chapter with one of its demos, awake. */
async function open(page: Page, path: string, name: string, hash = ""): Promise<Locator> {
  await page.goto("about:blank");
  await page.goto(`${server.origin}${CHAPTER}${path}index.html?backend=cpu${hash}`);
  const demo = page.locator(`[data-demo="${name}"]`);
  const asleep = page.locator("astro-island[ssr]").filter({ has: demo });
  while ((await asleep.count()) > 0) {
    await demo.scrollIntoViewIfNeeded();
    await page.waitForTimeout(FRAME_MS);
  }
  return demo;
}

async function run(demo: Locator): Promise<void> {
  await demo.locator('[data-action="run"]').click();
  await demo.and(demo.page().locator('[data-state="done"], [data-state="error"]')).waitFor({ timeout: 600_000 });
}

/** From the left end of something to its right end and back, with the button held down. */
async function drag(page: Page, over: Locator): Promise<void> {
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  if (!box) throw new Error("Nothing to drag over is in view.");
  const at = (share: number): [number, number] => [
    box.x + 4 + share * (box.width - 8),
    box.y + box.height * (0.2 + 0.6 * share),
  ];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let move = 0; move <= MOVES; move++) {
    await page.mouse.move(...at(1 - Math.abs(1 - (2 * move) / MOVES)));
    await page.waitForTimeout(FRAME_MS);
  }
  await page.mouse.up();
}

async function measure(
  page: Page,
  what: string,
  act: () => Promise<void>,
  rounds = Number(values.rounds),
): Promise<void> {
  const tasks: Task[][] = [];
  for (let round = 0; round < rounds; round++) tasks.push(await tasksOf(browser, page, act));
  const told = (["processor", "clock"] as const).map((by) => {
    const longest = tasks.map((own) => own.reduce((most, task) => Math.max(most, task[by]), 0));
    const { median, low, high, best } = summarize(longest, "lower");
    const [m, l, h, b] = [median, low, high, best].map((value) => value.toFixed(0));
    return `${m} (${l}–${h}; ${b}), over ${FELT_MS} ms: ${tasks.flat().filter((task) => task[by] > FELT_MS).length}`;
  });
  console.log(`${what.padEnd(32)} ${told[0]?.padEnd(36)} ${told[1]}`);
}

async function scrub(browser: Browser): Promise<void> {
  const page = await browser.newPage({ reducedMotion: "reduce" });
  const demo = await open(page, "generation/", "film", "#film?film.tokens=20");
  await run(demo);
  await measure(page, "film, scrubbed", () => drag(page, demo.locator(".player input[type=range]")));
  await page.close();
}

async function walk(browser: Browser): Promise<void> {
  const page = await browser.newPage({ reducedMotion: "reduce" });
  const demo = await open(page, "", "walk");
  await run(demo);
  await measure(page, "walk, a drag over attention", () => drag(page, demo.locator(".heatmap .scroll").first()));
  await measure(page, "walk, from station to station", async () => {
    await demo.locator('[data-node="tokens"]').click();
    for (const node of await demo.locator("[data-node]").all()) {
      await node.click();
      await page.waitForTimeout(4 * FRAME_MS);
    }
  });
  await page.close();
}

/** Opens a folder on the chapter's first page, and runs every demo with it. */
async function runOwn(browser: Browser, folder: string): Promise<void> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const first = await open(page, "", "walk", `#walk?walk.model=own&walk.text=${TEXT}`);
  const files = ["config.json", "tokenizer.json", "model.safetensors"].map((name) => `${folder}/${name}`);
  await first.locator("input[type=file]").setInputFiles(files);
  await first.locator('[data-action="own-inspect"]').click();
  await measure(
    page,
    "own, opened",
    async () => {
      await first.locator('[data-action="own-agree"]').click();
      await first.locator('[data-result="own-model"]:has-text("打开了")').waitFor({ timeout: 600_000 });
    },
    1,
  );
  const demos: readonly (readonly [path: string, name: string, query: string])[] = [
    ["", "walk", `walk.text=${TEXT}`],
    ["attention/", "heads", `heads.text=${TEXT}`],
    ["attention/", "patch", "patch.donor=a&patch.into=b"],
    ["generation/", "film", `film.text=${TEXT}&film.tokens=4`],
    ["output/", "lens", `lens.text=${TEXT}`],
    ["input/", "position", `position.text=${TEXT}`],
    ["architecture/", "features", `features.own=${TEXT}`],
    ["architecture/", "neurons", `neurons.own=${TEXT}`],
    ["gpt-and-bert/", "two-sides", "two-sides.text=我爱猫&two-sides.other=我爱狗"],
  ];
  for (const [path, name, query] of demos) {
    const demo = await open(page, path, name, `#${name}?${name}.model=own&${query}`);
    await measure(page, `own, ${name}, run`, () => run(demo), 1);
    const said = await demo.locator('[role="alert"], [role="status"]').allTextContents();
    console.log(`    ${said.filter((one) => one.trim() !== "").join(" ")}`);
  }
  await context.close();
}
