import type { Browser, Page } from "@playwright/test";

/** An event of Chromium's trace, as far as it is needed here. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the clock, and of the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** A task of a thread's event loop, in milliseconds. */
export interface Task {
  /** On the clock: with whatever else a busy machine does in between. */
  readonly clock: number;
  /** Of the processor: what it takes on a machine that does nothing else. */
  readonly processor: number;
}

/** What the browser calls one task of a thread's event loop. */
const TASKS: ReadonlySet<string> = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

/** Every task that the main thread of a page does while something is done there. */
export async function tasksOf(browser: Browser, page: Page, act: () => Promise<void>): Promise<Task[]> {
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
  const all = [...tasks.values()].map((own) =>
    own.map(({ dur = 0, tdur = dur }): Task => ({ clock: dur / 1000, processor: tdur / 1000 })),
  );
  const total = (own: readonly Task[]): number => own.reduce((sum, { processor }) => sum + processor, 0);
  // Other pages have renderers, too: blank ones, which do nothing.
  const [busiest] = all.toSorted((a, b) => total(b) - total(a));
  if (!busiest) throw new Error("no task was traced");
  return busiest;
}
