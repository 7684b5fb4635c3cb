/**
 * The key that was pressed alone. With Alt, Ctrl, Meta or Shift it is the browser's or the system's: Alt + ← goes back, Shift + ← selects,
 * and a page that takes it for a mere arrow takes that away.
 */
export function plainKey(event: KeyboardEvent): string | undefined {
  return event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? undefined : event.key;
}
