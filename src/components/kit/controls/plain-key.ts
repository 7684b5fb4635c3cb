/**
 * The key that was pressed alone. With Alt, Ctrl, Meta or Shift it is the browser's or the system's: Alt + ← goes back, Shift + ← selects,
 * and a page that takes it for a mere arrow takes that away.
 */
export function plainKey(event: KeyboardEvent): string | undefined {
  return event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? undefined : event.key;
}

/** Whether a key pressed in a text field means that what was typed is to be used: Enter, and in a text of several lines, where that ends a line, Ctrl or ⌘ with it. */
export function submits(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.isComposing) return false;
  if (event.target instanceof HTMLTextAreaElement) return event.ctrlKey || event.metaKey;
  return event.target instanceof HTMLInputElement && event.target.type === "text" && plainKey(event) === "Enter";
}
