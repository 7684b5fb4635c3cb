import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countTests, readPlaywright, readVitest, slowest, type TestResult } from "./test-report.ts";

/**
 * `npm test`: every check in turn, up to the first that fails. Behind it the slowest tests are named, and what each step took of its budget; the
 * last line sums the tests of all runners: `N passed, N failed`. A step without tests of its own (types, style, build) counts only where it
 * fails, as one.
 */

interface Step {
  name: string;
  command: string;
  /** Seconds that it may take on two cores, when all chapters of the book are written; together they are half an hour (`e2e/README.md` has what a demo and a page add). What exceeds it is said, and fails nothing. */
  budget: number;
  /** Where the step is a test runner: its projects, and what its report says. */
  tests?: { readonly projects: readonly string[]; read(): TestResult[] };
}

const SLOWEST = 20;
const reports = mkdtempSync(join(tmpdir(), "visible-llm-"));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");

const steps: Step[] = [
  { name: "types", command: "npm run -s check:types", budget: 130 },
  { name: "style", command: "npm run -s check:style", budget: 20 },
  {
    name: "unit tests",
    command: `npm run -s unit -- --reporter=default --reporter=json --outputFile.json="${vitestReport}"`,
    budget: 320,
    tests: {
      projects: ["node", "browser"],
      read: () => readVitest(JSON.parse(readFileSync(vitestReport, "utf8"))),
    },
  },
  { name: "build", command: "npm run -s build", budget: 180 },
  {
    name: "end-to-end tests",
    command: "npm run -s e2e -- --reporter=list,json",
    budget: 1150,
    tests: {
      projects: ["site", "demos"],
      read: () => readPlaywright(JSON.parse(readFileSync(playwrightReport, "utf8"))),
    },
  },
];

const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };

const results: TestResult[] = [];
const times: string[] = [];
let passed = 0;
let failed = 0;

/** Runs a step, and adds what came of it. */
function run({ name, command, budget, tests }: Step): void {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { status } = spawnSync(command, { shell: true, stdio: "inherit", env });
  const seconds = (performance.now() - start) / 1000;
  const share = `${seconds.toFixed(0)} s, ${((100 * seconds) / budget).toFixed(0)} % of its ${budget} s`;
  times.push(`── ${name}: ${share}${seconds > budget ? ": OVER ITS BUDGET" : ""}`);
  console.log(`── ${name}: ${status === 0 ? "done" : "FAILED"} in ${seconds.toFixed(0)} s`);
  const counts = tests ? read(tests) : { passed: 0, failed: 0 };
  passed += counts.passed;
  // A failure that no test accounts for (a crash, a type error) is still one failure.
  failed += status === 0 ? counts.failed : Math.max(counts.failed, 1);
}

function read({ projects, read: readReport }: NonNullable<Step["tests"]>) {
  try {
    const own = readReport();
    results.push(...own);
    return countTests(own, projects);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

for (const step of steps) {
  run(step);
  if (failed > 0) break;
}
rmSync(reports, { recursive: true });
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n── the ${SLOWEST} slowest tests\n${slowest(results, SLOWEST).join("\n")}\n\n${times.join("\n")}`);
console.log(`\n${passed} passed, ${failed} failed`);
