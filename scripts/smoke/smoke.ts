import { existsSync, globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Driver, NotInstalled } from "./driver.ts";
import { misfits, problems, runDemo, search, wakeIslands } from "./page.ts";
import { serveSite } from "./site.ts";

/**
 * Looks at the built site in a browser that the tests do not use: every page opens, some demos of each kind run, all without a complaint.
 *
 * The exit code is 0 when all is well, 1 when something is not, 2 without the browser, 3 without a built site.
 */

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

/** WebKit's driver opens no smaller window, and a phone's page is asked for by its width alone. */
const [DESKTOP, PHONE] = [1280, 390];

interface Visit {
  readonly path: string;
  readonly width: number;
  /** Demos to run one after the other, and the button that does it. */
  readonly demos: readonly (readonly [name: string, action: string])[];
}

/** The second model of a page and the experiment after a model find what the first ones hide. */
const VISITS: readonly Visit[] = [
  { path: "/", width: DESKTOP, demos: [["opening", "run"]] },
  {
    path: "/models/",
    width: DESKTOP,
    demos: [
      ["write-gpt-zh", "run"],
      ["write-gpt-poem", "run"],
      ["fill-bert-zh", "run"],
    ],
  },
  {
    path: "/gpt-bert/decoding/",
    width: DESKTOP,
    demos: [["step", "run"]],
  },
  { path: "/gpt-bert/decoding/beam/", width: DESKTOP, demos: [["beam-tree", "run"]] },
  { path: "/gpt-bert/decoding/combined/", width: DESKTOP, demos: [["compare", "run"]] },
  {
    path: "/gpt-bert/visual-bert/fine-tuning/#?fine-tune.epochs=2",
    width: DESKTOP,
    demos: [["fine-tune", "start"]],
  },
  { path: "/gpt-bert/visual-bert/next-sentence/", width: DESKTOP, demos: [["next-sentence", "run"]] },
  { path: "/gpt-bert/visual-bert/", width: PHONE, demos: [["fill-mask", "run"]] },
  { path: "/chatgpt-rlhf/ppo-cartpole/#?train.steps=2048", width: DESKTOP, demos: [["train", "start"]] },
];

/** @param start opens the browser; throws `NotInstalled` where there is none */
export async function smoke(start: () => Promise<Driver>): Promise<void> {
  if (!existsSync(`${dist}/index.html`)) {
    console.error("There is no built site: run `npm run build` first.");
    process.exit(3);
  }
  // So that the browser ends with the run in any case.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  const begun = performance.now();
  const site = await serveSite(dist);
  const driver = await start().catch((error: unknown) => {
    if (!(error instanceof NotInstalled)) throw error;
    console.error(error.message);
    process.exit(2);
  });

  let failed = 0;
  async function report(what: string, wrong: readonly string[], said = ""): Promise<void> {
    const all = [...wrong, ...(await driver.run(problems)), ...site.missing.splice(0)];
    if (all.length > 0) failed++;
    console.log([`${all.length > 0 ? "✗" : "✓"} ${what} ${said}`, ...all].join("\n    "));
  }

  // Of the pages that show the source, which hold nothing but text, the first.
  for (const file of globSync("**/index.html", { cwd: dist, exclude: ["source/*/**"] }).sort()) {
    const path = `/${file.slice(0, -"index.html".length)}`;
    await driver.open(site.origin + path, DESKTOP);
    await report(path, await driver.run(wakeIslands));
  }
  for (const { path, width, demos } of VISITS) {
    await driver.open(site.origin + path, width);
    await driver.run(wakeIslands);
    for (const [name, action] of demos) {
      const clicked = performance.now();
      const [state = "", sentence = ""] = await driver.run(runDemo, name, action);
      const ms = Math.round(performance.now() - clicked);
      await report(`${path} ${name}`, state === "done" ? [] : [`ends as "${state}"`], `${ms} ms · ${sentence}`);
    }
    await report(`${path} at ${width} px`, await driver.run(misfits));
  }
  await driver.open(`${site.origin}/contents/`, DESKTOP);
  const found = await driver.run(search, "束搜索");
  await report("search", found.length > 0 ? [] : ["finds nothing"]);

  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${driver.browser}: ${failed > 0 ? `${failed} failed` : "all well"}, ${seconds} s`);
  await driver.close();
  site.close();
  process.exitCode = failed > 0 ? 1 : 0;
}
