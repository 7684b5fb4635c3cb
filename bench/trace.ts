import type { Browser, Page } from "@playwright/test";

/** An event of Chromium's trace, as far as it is needed here. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** What the browser calls one task of a thread's event loop. */
const TASKS: ReadonlySet<string> = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

/** Milliseconds of every task that the main thread of a page does while something is done there. */
export async function tasksOf(browser: Browser, page: Page, act: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ["__metadata", "toplevel", "disabled-by-default-devtools.timeline"] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const nameOfThread = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const mains = new Set(
    traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(nameOfThread),
  );
  const tasks = Map.groupBy(
    traceEvents.filter((event) => event.ph === "X" && TASKS.has(event.name) && mains.has(nameOfThread(event))),
    nameOfThread,
  );
  const durations = [...tasks.values()].map((own) => own.map(({ dur = 0 }) => dur / 1000));
  const total = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);
  // Other pages have renderers, too: blank ones, which do nothing.
  const [busiest] = durations.toSorted((a, b) => total(b) - total(a));
  if (!busiest) throw new Error("no task was traced");
  return busiest;
}
