/** Values that go into a page and come back. */
export type Plain = string | number | boolean | null;

/** A browser with one window, driven from here. */
export interface Driver {
  /** Name and version. */
  readonly browser: string;
  /** Opens an address in the window and waits until it has loaded. @param width of the page in CSS pixels */
  open(address: string, width: number): Promise<void>;
  /**
   * Runs a function in the page and waits for what it returns.
   * @param work is sent as text: it sees the page and its arguments, and nothing of this program
   */
  run<Values extends readonly Plain[], Result extends Plain | readonly Plain[]>(
    work: (...values: Values) => Result | Promise<Result>,
    ...values: Values
  ): Promise<Result>;
  close(): Promise<void>;
}

/** The browser is not on this machine. */
export class NotInstalled extends Error {}
