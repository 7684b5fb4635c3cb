import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { browserLaunchOptions } from "../scripts/browser.ts";
import { measureColdStarts } from "./cold.ts";
import { BACKENDS, type Column, SUBJECTS } from "./columns.ts";
import { serve } from "./server.ts";
import { makeSite } from "./site.ts";
import { type Row, renderTable } from "./table.ts";
import { measureWarm } from "./warm.ts";

/**
 * `npm run bench`: the same model, prompt and lengths in this project's engine and in its peers, in a real browser, as one table.
 * `-- --subjects ours,jax --backends webgpu --rounds 2 --cold 0` measures less.
 */

const { values } = parseArgs({
  options: {
    subjects: { type: "string", default: SUBJECTS.join() },
    backends: { type: "string", default: BACKENDS.join() },
    rounds: { type: "string", default: "5" },
    cold: { type: "string", default: "3" },
  },
});
const among = <T extends string>(all: readonly T[], list: string): T[] =>
  list.split(",").map((name) => {
    const found = all.find((one) => one === name);
    if (!found) throw new Error(`${name} is none of ${all.join(", ")}`);
    return found;
  });
const subjects = among(SUBJECTS, values.subjects);
const columns: Column[] = among(BACKENDS, values.backends).flatMap((backend) =>
  subjects.map((subject) => ({ subject, backend })),
);

const server = await serve(await makeSite("gpt-poem", subjects));
const launch = async () => chromium.launch(await browserLaunchOptions());
try {
  const rows: Row[] = [
    ...(await measureColdStarts(columns, server, launch, Number(values.cold))),
    ...(await measureWarm(columns, server, launch, Number(values.rounds))),
  ];
  console.log(renderTable(columns, rows));
} finally {
  server.close();
}
