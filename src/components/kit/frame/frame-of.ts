import type { Shown } from "../figure/shown.svelte.ts";
import type { Fields } from "../state/fields.ts";
import type { HashState } from "../state/hash-state.svelte.ts";

/** What a demo is made of that shows one result of one run, and has its settings in the address. */
interface Parts<Frame> {
  /** A `DemoRun` or `ModelsRun`. */
  readonly run: { readonly frame: Frame; cancel(): void };
  readonly settings: Pick<HashState<Fields>, "link" | "asked" | "reset">;
  readonly shown: Pick<Shown<unknown>, "mark" | "reset">;
  /** A `Playback`, where what it shows can be played. */
  readonly playback?: { end(): void };
}

/** All that such a demo tells `DemoFrame` of itself: `<DemoFrame {...frameOf({ run, settings, shown })} …>`. What stands behind it replaces a part. */
export function frameOf<Frame extends object>({ run, settings, shown, playback }: Parts<Frame>) {
  return {
    ...run.frame,
    mark: shown.mark,
    link: settings.link,
    asked: settings.asked,
    onreset: () => {
      run.cancel();
      playback?.end();
      settings.reset();
      shown.reset();
    },
  };
}
