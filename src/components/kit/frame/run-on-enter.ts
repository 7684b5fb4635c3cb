import { submits } from "../controls/plain-key.ts";

/**
 * Whoever ends a text with Enter wants to see what comes of it: presses the main button among some controls. For `{@attach}`.
 * @param blocked whether something runs, which that button would end
 */
export function runOnEnter(blocked: () => boolean): (controls: HTMLElement) => () => void {
  return (controls) => {
    const listen = (event: KeyboardEvent): void => {
      if (!submits(event)) return;
      event.preventDefault();
      if (!blocked()) controls.querySelector<HTMLElement>(".primary")?.click();
    };
    controls.addEventListener("keydown", listen);
    return () => controls.removeEventListener("keydown", listen);
  };
}
