/** A button that is pressed, by its `data-action`. */
export interface Press {
  readonly press: string;
  /** Where it is, if not in the demo itself: a selector. */
  readonly of?: string;
  /** What is to be seen on the page before anything else is done: a selector. */
  readonly until?: string;
}

/** One thing that a reader does in a demo. */
export type Gesture =
  | Press
  /** A radio or a checkbox by its name, the first of that name unless `nth` says which. */
  | { readonly choose: string; readonly nth?: number }
  /** A text field by its label. */
  | { readonly fill: string; readonly with: string }
  /** Anything else that is clicked, by a selector. */
  | { readonly click: string }
  /** An island of the page, by a selector, that is scrolled to, and so comes alive. */
  | { readonly wake: string }
  /** A key, wherever the focus is. */
  | { readonly key: string };

/** How far the two backends may differ in what a demo saves. */
export interface Agreement {
  /** Largest difference of two numbers, as a share of the larger one where that is above 1; words, tokens and whole numbers are equal. */
  readonly tolerance: number;
  /** Why it is not that of a forward pass. */
  readonly because?: string;
  /** Only so many of the first records are compared: in a training every step multiplies the differences of the ones before. */
  readonly records?: number;
  /** Where a software adapter takes too long over all of it: the run is cancelled once the status says this, and what came so far is compared. */
  readonly enough?: RegExp | undefined;
}

/**
 * What the contract needs to know of a demo. A row is data: what a demo does not have, it says here, and the contract asks for everything
 * else.
 */
export interface Row {
  readonly page: string;
  readonly demo: string;
  /**
   * The smallest settings that show all of it, by the names of its fields in the address; a name with a dot in it is another demo's field,
   * with that demo in front.
   */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** What has to be done at every visit before the demo can be run. */
  readonly before?: readonly Gesture[];
  /** From the button that starts it to its end; the first is done by keyboard. A press of `run` where nothing else is said. */
  readonly run?: readonly [Press, ...Gesture[]];
  /** The `data-result` that is there when it is done. */
  readonly result: string;
  /**
   * What is compared between two runs: the table that the demo saves, or the one that another element of the page saves (by a selector), or,
   * where there is no table, the text of `result`.
   */
  readonly record?: "csv" | { readonly of: string } | "text";
  /** Columns of the table that say how long something took: never the same twice. */
  readonly clocks?: readonly string[];
  /** The button that ends a run in its midst; false where a run is over at once, or ends only by itself. */
  readonly cancel?: "cancel" | "stop" | false;
  /**
   * When it is cancelled: once this text stands in the status, or in the element of this selector. At the first moment of the run where nothing
   * is said; what had come by then is not kept.
   */
  readonly midway?: RegExp | { readonly of: string; readonly says: RegExp };
  /**
   * Where a run at the defaults takes too long for a test: it is cancelled once the status says this, and its first records are compared with those of
   * the first figure.
   */
  readonly enough?: RegExp;
  /** How many of the first records are compared then, where a run that was cut short lacks others in the midst of its table. */
  readonly firstRecords?: number;
  /** It can be run step by step: a step, and then the rest, give what an unbroken run gives. */
  readonly steps?: true;
  /** Another seed gives another record. */
  readonly seeded?: true;
  /**
   * What makes that which is shown out of date, where that is not another seed: it is computed anew by itself, or says that it is out of date.
   * A demo that follows its settings at every moment has none.
   */
  readonly change?: Gesture;
  /** What it shows is there to be worked with, and makes no picture. */
  readonly picture?: false;
  /** It has no address of its own. */
  readonly link?: false;
  /** There is nothing to reset. */
  readonly reset?: false;
  /** What the reader makes with it is stored, whatever is reset. */
  readonly keeps?: true;
  /** What opens the rest of it, before it is looked at for accessibility. */
  readonly show?: readonly Gesture[];
  /** The part of the page that is looked at, where it is more than the demo: a selector. */
  readonly part?: string;
  /** How the two backends agree, where not as a forward pass does; false where no engine is at work. */
  readonly backends?: Agreement | false;
}

/** What a forward pass gives on both backends, whatever the kernels: products of float32 in another order. */
export const FORWARD: Agreement = { tolerance: 1e-3 };

/** The part of an address behind the page's own: the demo, and its settings. */
export function hashOf({ demo, settings = {} }: Pick<Row, "demo" | "settings">): string {
  const named = Object.entries(settings).map(([key, value]) => [
    key.includes(".") ? key : `${demo}.${key}`,
    `${value}`,
  ]);
  return `#${demo}?${new URLSearchParams(named)}`;
}

/** What a row sets of other demos, whose settings no link of its own demo brings: their names, and the end of an address. */
export function settingsOfOthers({ settings = {} }: Pick<Row, "settings">): { demos: Set<string>; query: string } {
  const others = Object.entries(settings).filter(([key]) => key.includes("."));
  return {
    demos: new Set(others.map(([key]) => key.slice(0, key.indexOf(".")))),
    query: others.map(([key, value]) => `&${key}=${encodeURIComponent(value)}`).join(""),
  };
}
