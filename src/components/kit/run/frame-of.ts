import type { Shown } from "../figure/shown.svelte.ts";
import type { Fields } from "../state/fields.ts";
import type { HashState } from "../state/hash-state.svelte.ts";

interface Parts<Frame> {
  readonly settings: Pick<HashState<Fields>, "link" | "asked" | "reset">;
  readonly run: { readonly frame: Frame; cancel(): void };
  readonly shown: Pick<Shown<unknown>, "mark" | "reset">;
}

/**
 * All that `DemoFrame` shows of a demo that opens drawn, of its settings, its run and its figure together; its reset makes the three what they
 * were.
 *
 * @param forget what the reader has chosen besides, and is undone with them
 */
export function frameOf<Frame extends object>({ settings, run, shown }: Parts<Frame>, forget?: () => void) {
  return {
    ...run.frame,
    mark: shown.mark,
    link: settings.link,
    asked: settings.asked,
    onreset: (): void => {
      run.cancel();
      shown.reset();
      settings.reset();
      forget?.();
    },
  };
}
