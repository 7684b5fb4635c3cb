import type { JSONReport, JSONReportSuite, JSONReportTest } from "@playwright/test/reporter";
import type { JsonTestResult, JsonTestResults } from "vitest/node";

/** How many tests have passed and failed, read from the JSON reports of the two test runners. */
export interface Counts {
  passed: number;
  failed: number;
}

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/** Counts the tests of a Vitest report: those in Node and those in the browser. */
export function countVitest({ testResults: files }: JsonTestResults): Counts {
  const inBrowser = (file: JsonTestResult): boolean => file.name.endsWith(".browser.test.ts");
  return sumProjects({
    node: files.filter((file) => !inBrowser(file)).map(countFile),
    browser: files.filter(inBrowser).map(countFile),
  });
}

function countFile({ status, assertionResults }: JsonTestResult): Counts {
  const passed = assertionResults.filter((test) => test.status === "passed").length;
  const failed = assertionResults.filter((test) => test.status === "failed").length;
  // A file that does not load, or whose setup fails, has failed without any test that says so.
  return { passed, failed: status === "failed" ? Math.max(failed, 1) : failed };
}

/** Counts the tests of a Playwright report, project by project. */
export function countPlaywright({ config, suites }: JSONReport): Counts {
  const tests = suites.flatMap(testsOfSuite);
  const projects = config.projects.map(
    ({ name }) => [name, tests.filter((test) => test.projectName === name)] as const,
  );
  return sumProjects(Object.fromEntries(projects.map(([name, members]) => [name, members.map(countOutcome)])));
}

function testsOfSuite({ specs, suites = [] }: JSONReportSuite): JSONReportTest[] {
  return [...specs.flatMap(({ tests }) => tests), ...suites.flatMap(testsOfSuite)];
}

function countOutcome({ status }: JSONReportTest): Counts {
  return {
    passed: status === "expected" ? 1 : 0,
    failed: status === "unexpected" || status === "flaky" ? 1 : 0,
  };
}

/** Adds up the projects of a runner; one that has executed no test counts as a failure. */
function sumProjects(projects: Record<string, Counts[]>): Counts {
  let total: Counts = { passed: 0, failed: 0 };
  for (const [name, parts] of Object.entries(projects)) {
    const counts = parts.reduce(addCounts, { passed: 0, failed: 0 });
    const idle = counts.passed + counts.failed === 0;
    if (idle) console.error(`No test was executed in the project "${name}".`);
    total = addCounts(total, idle ? { passed: 0, failed: 1 } : counts);
  }
  return total;
}
