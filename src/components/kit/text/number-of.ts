/**
 * The number that somebody has typed, however: with full-width digits, as an input method leaves them, a true minus sign, grouped thousands, or as a
 * percentage (`80%` is 0.8). Undefined for what is no finite number.
 */
export function numberOf(text: string): number | undefined {
  const written = text
    .normalize("NFKC")
    .replace("−", "-")
    .replaceAll(/[\s_]|,(?=\d{3}(?!\d))/g, "");
  const digits = written.replace(/%$/, "");
  const value = digits === written ? Number(digits) : Number(digits) / 100;
  return digits === "" || !Number.isFinite(value) ? undefined : value;
}
