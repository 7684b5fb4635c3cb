import type { JSONReport, JSONReportSuite } from "@playwright/test/reporter";
import type { JsonTestResults } from "vitest/node";

/** One executed test, as the JSON report of its runner has it. */
export interface TestResult {
  readonly project: string;
  readonly name: string;
  readonly seconds: number;
  readonly outcome: "passed" | "failed" | "skipped";
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The tests of a Vitest report: those in Node and those in the browser. */
export function readVitest({ testResults: files }: JsonTestResults): TestResult[] {
  return files.flatMap(({ name: path, status, assertionResults }) => {
    const project = path.endsWith(".browser.test.ts") ? "browser" : "node";
    const file = path.slice(path.lastIndexOf("/") + 1);
    const tests = assertionResults.map(({ fullName, duration, status: outcome }) => ({
      project,
      name: `${file}: ${fullName}`,
      seconds: (duration ?? 0) / 1000,
      outcome: outcome === "passed" || outcome === "failed" ? outcome : ("skipped" as const),
    }));
    // A file that does not load, or whose setup fails, has failed without any test that says so.
    const silent = status === "failed" && !tests.some(({ outcome }) => outcome === "failed");
    return silent ? [...tests, { project, name: file, seconds: 0, outcome: "failed" as const }] : tests;
  });
}

/** The tests of a Playwright report. One that passes only when it is tried again has failed. */
export function readPlaywright({ suites }: JSONReport): TestResult[] {
  const read = ({ file, specs, suites: inner = [] }: JSONReportSuite): TestResult[] => [
    ...specs.flatMap(({ title, tests }) =>
      tests.map(({ projectName, status, results }) => ({
        project: projectName,
        name: `${file}: ${title}`,
        seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
        outcome: status === "expected" ? ("passed" as const) : status === "skipped" ? status : ("failed" as const),
      })),
    ),
    ...inner.flatMap(read),
  ];
  return suites.flatMap(read);
}

/** How many have passed and failed; a project of the runner that has executed none counts as a failure. */
export function countTests(tests: readonly TestResult[], projects: readonly string[]): Counts {
  const executed = tests.filter(({ outcome }) => outcome !== "skipped");
  const idle = projects.filter((name) => !executed.some(({ project }) => project === name));
  for (const name of idle) console.error(`No test was executed in the project "${name}".`);
  const failed = executed.filter(({ outcome }) => outcome === "failed").length;
  return { passed: executed.length - failed, failed: failed + idle.length };
}

/** The slowest tests, a line for each. */
export function slowest(tests: readonly TestResult[], most: number): string[] {
  return tests
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, most)
    .map(({ project, name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  [${project}] ${name}`);
}
