import type { JSONReport } from "@playwright/test/reporter";
import { expect, test, vi } from "vitest";
import type { JsonTestResults } from "vitest/node";
import { countTests, readPlaywright, readVitest, slowest } from "./test-report.ts";

// What the runners write holds much more; the functions look at no more than this.
const vitest = {
  testResults: [
    {
      name: "/src/a.test.ts",
      status: "passed",
      assertionResults: [
        { fullName: "adds", duration: 1500, status: "passed" },
        { fullName: "waits", status: "pending" },
      ],
    },
    { name: "/src/b.browser.test.ts", status: "failed", assertionResults: [] },
  ],
} as unknown as JsonTestResults;
const spec = (title: string, projectName: string, status: string, ...durations: number[]) => ({
  title,
  tests: [{ projectName, status, results: durations.map((duration) => ({ duration })) }],
});
const playwright = {
  suites: [
    {
      file: "c.spec.ts",
      specs: [spec("opens", "cpu", "expected", 3000)],
      suites: [{ file: "c.spec.ts", specs: [spec("runs", "webgpu", "flaky", 2000, 500)] }],
    },
  ],
} as unknown as JSONReport;

test("a file that fails without a test is a failure, and so is a test that passed when it was tried again", () => {
  expect(countTests(readVitest(vitest), ["node", "browser"])).toEqual({ passed: 1, failed: 1 });
  expect(countTests(readPlaywright(playwright), ["cpu", "webgpu"])).toEqual({ passed: 1, failed: 1 });
});

test("a project without an executed test is a failure", () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(countTests(readPlaywright(playwright), ["site", "cpu", "webgpu"])).toEqual({ passed: 1, failed: 2 });
  expect(error).toHaveBeenCalledWith('No test was executed in the project "site".');
  error.mockRestore();
});

test("the slowest are named first, whatever ran them", () => {
  expect(slowest([...readVitest(vitest), ...readPlaywright(playwright)], 2)).toEqual([
    "    3.0 s  [cpu] c.spec.ts: opens",
    "    2.5 s  [webgpu] c.spec.ts: runs",
  ]);
});
