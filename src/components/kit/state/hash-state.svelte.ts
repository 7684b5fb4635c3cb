import { onMount } from "svelte";
import type { Fields, StateOf } from "./fields.ts";
import { formatHash, mentionsDemo, parseState } from "./hash-state.ts";

/** Browsers limit how often an address may be rewritten (Safari: 100 times in 30 s), so writing waits for the slider to rest. */
const WRITE_DELAY_MS = 300;

/** The reader's settings of one demo, reactive and mirrored in the URL hash. */
export interface HashState<F extends Fields> {
  /** The demo's: `data-demo`, and prefix in the URL hash. */
  readonly name: string;
  /** What its members are, for `Controls`. */
  readonly fields: F;
  /** Bind controls to its members. */
  readonly value: StateOf<F>;
  /** The address that opens this page at this demo in its present state. */
  link(): string;
  /** What a run would go by now, as a text to compare: all members but those that only change how it is shown. */
  asked(): string;
  /** Sets every member back to its initial value. */
  reset(): void;
}

/**
 * Settings for the demo `name`. They start at their initial values, so that the server-rendered page and its hydration agree, and
 * take the URL's values right after mount. Call it while a component is being initialised.
 *
 * @param views members that only change how the result of a run is shown
 */
export function hashState<F extends Fields>(name: string, fields: F, views: readonly (keyof F)[] = []): HashState<F> {
  const value = $state(parseState("", name, fields));
  let mounted = $state(false);

  function read(hash: string): void {
    Object.assign(value, parseState(hash, name, fields));
  }

  onMount(() => {
    read(location.hash);
    mounted = true;
    const onHashChange = ({ newURL }: HashChangeEvent): void => {
      // Not the address of this moment: a setting made just before may have been written over the link that was followed.
      const { hash } = new URL(newURL);
      // A plain anchor (a click on the table of contents) and a link to another demo say nothing about this one: they must not reset it.
      if (mentionsDemo(hash, name)) read(hash);
    };
    addEventListener("hashchange", onHashChange);
    return () => removeEventListener("hashchange", onHashChange);
  });

  $effect(() => {
    const snapshot = $state.snapshot(value) as StateOf<F>;
    if (!mounted) return;
    const timer = setTimeout(() => {
      const hash = formatHash(location.hash, name, fields, snapshot);
      if (hash !== location.hash) history.replaceState(history.state, "", hash || location.pathname + location.search);
    }, WRITE_DELAY_MS);
    return () => clearTimeout(timer);
  });

  return {
    name,
    fields,
    value,
    link: () => new URL(formatHash("", name, fields, $state.snapshot(value) as StateOf<F>, name), location.href).href,
    asked: () => JSON.stringify(Object.entries(value).filter(([key]) => !views.includes(key))),
    reset: () => Object.assign(value, parseState("", name, fields)),
  };
}
