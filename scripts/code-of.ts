/**
 * A value as an expression of JavaScript: plain objects, arrays, maps, sets, and arrays of numbers as typed arrays. Numbers that are not whole have
 * six digits, which is what 32-bit arithmetic vouches for, and what is saved as CSV.
 *
 * @throws TypeError for what is no data, such as a function
 */
export function codeOf(value: unknown): string {
  switch (typeof value) {
    case "number":
      return numberCode(value);
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "undefined":
      return "undefined";
    case "object":
      return value === null ? "null" : objectCode(value);
    default:
      throw new TypeError(`a ${typeof value} is no data`);
  }
}

function objectCode(value: object): string {
  if (Array.isArray(value)) return `[${value.map(codeOf).join()}]`;
  if (value instanceof Map || value instanceof Set) return `new ${value.constructor.name}(${codeOf([...value])})`;
  if (
    value instanceof Float32Array ||
    value instanceof Float64Array ||
    value instanceof Uint8Array ||
    value instanceof Int32Array
  )
    return `new ${value.constructor.name}([${Array.from(value, numberCode).join()}])`;
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError(`a ${value.constructor.name} is no data`);
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${codeOf(member)}`)
    .join()}}`;
}

function numberCode(value: number): string {
  if (Object.is(value, -0)) return "0";
  return String(Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(6)));
}
