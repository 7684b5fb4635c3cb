/** Numbers as the book prints them: a unit follows its number after a space that does not break, percent signs follow directly. */

const SPACE = "\u00a0";

/**
 * A probability (0–1) as a percentage with about three significant digits: `21.4%`, `0.032%`, `<0.001%`.
 * Returns `—` for a value that is not finite.
 */
export function formatPercent(probability: number): string {
  if (!Number.isFinite(probability)) return "—";
  const percent = probability * 100;
  const size = Math.abs(percent);
  if (size === 0) return "0%";
  if (size < 0.001) return percent < 0 ? ">−0.001%" : "<0.001%";
  if (size >= 99.95 && size < 100) return ">99.9%";
  const digits = size >= 100 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3;
  return `${minus(percent.toFixed(digits))}%`;
}

/** A number with a fixed count of decimals, or with four significant digits when none is given; uses a true minus sign. */
export function formatNumber(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return "—";
  if (digits !== undefined) return minus(value.toFixed(digits));
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return minus(value.toExponential(2));
  return minus(String(Number(value.toPrecision(4))));
}

/** A change, as `formatNumber` with a sign; none before what was rounded to zero. */
export function formatChange(change: number, digits: number): string {
  const text = formatNumber(change, digits);
  return Number(text) > 0 ? `+${text}` : text;
}

/** A count in Chinese reading units: `987`, `1.2 万`, `1750 亿`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return "—";
  const size = Math.abs(count);
  if (size >= 1e8) return `${shorten(count / 1e8)}${SPACE}亿`;
  if (size >= 1e4) return `${shorten(count / 1e4)}${SPACE}万`;
  return minus(String(Math.round(count)));
}

/** A size in bytes, decimal units as browsers and shops use them: `9.8 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return "—";
  const units = ["B", "kB", "MB", "GB"] as const;
  let value = bytes;
  let index = 0;
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  return `${index === 0 ? Math.round(value) : shorten(value)}${SPACE}${units[index]}`;
}

/** A duration given in seconds: `0.3 毫秒`, `18 毫秒`, `2.4 秒`, `1 分 5 秒`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "—";
  if (seconds < 0.9995) {
    const ms = seconds * 1000;
    return `${ms >= 10 ? Math.round(ms) : Number(ms.toFixed(1))}${SPACE}毫秒`;
  }
  if (seconds < 59.95) return `${shorten(seconds)}${SPACE}秒`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}${SPACE}分${SPACE}${whole % 60}${SPACE}秒`;
}

/** Up to one decimal below 100, none above. */
function shorten(value: number): string {
  return minus(Math.abs(value) >= 99.95 ? value.toFixed(0) : String(Number(value.toFixed(1))));
}

/** With a true minus sign, and with none before what was rounded to zero. */
function minus(text: string): string {
  return text.replace(/^-(?=[0.]+$)/, "").replace("-", "−");
}
