import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addCounts, type Counts, countPlaywright, countVitest } from "./test-counts.ts";

/**
 * `npm test`: every check in turn, up to the first that fails. The last line sums the tests of all runners:
 * `N passed, N failed`. A step without tests of its own (types, style, build) counts only where it fails, as one.
 */

interface Step {
  name: string;
  command: string;
  /** Where the step is a test runner: how it counts, from the report it wrote to `reports`. */
  count?: () => Counts;
}

const reports = mkdtempSync(join(tmpdir(), "visible-llm-"));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");

const steps: Step[] = [
  { name: "types", command: "npm run -s check:types" },
  { name: "style", command: "npm run -s check:style" },
  {
    name: "unit tests",
    command: `npm run -s unit -- --reporter=default --reporter=json --outputFile.json="${vitestReport}"`,
    count: () => countVitest(JSON.parse(readFileSync(vitestReport, "utf8"))),
  },
  { name: "build", command: "npm run -s build" },
  {
    name: "end-to-end tests",
    command: "npm run -s e2e -- --reporter=list,json",
    count: () => countPlaywright(JSON.parse(readFileSync(playwrightReport, "utf8"))),
  },
];

const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };

function run({ name, command, count }: Step): Counts {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { status } = spawnSync(command, { shell: true, stdio: "inherit", env });
  console.log(
    `── ${name}: ${status === 0 ? "done" : "FAILED"} in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
  const counts = readCounts(count);
  // A failure that no test accounts for (a crash, a type error) is still one failure.
  return status === 0 || counts.failed > 0 ? counts : addCounts(counts, { passed: 0, failed: 1 });
}

function readCounts(count: Step["count"]): Counts {
  if (!count) return { passed: 0, failed: 0 };
  try {
    return count();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

let total: Counts = { passed: 0, failed: 0 };
for (const step of steps) {
  total = addCounts(total, run(step));
  if (total.failed > 0) break;
}
rmSync(reports, { recursive: true });
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
