import { EngineError } from "../errors.ts";
import { expectNoPointer } from "./lfs.ts";

/** Strings, which stay as they are, and outside of them the numbers that JSON does not have. */
const PYTHON_NUMBERS = /("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g;

/**
 * Parses a JSON file. Numbers that only Python writes, `NaN` and `Infinity`, count as absent.
 * @throws EngineError `bad-file`, naming the file: it is not UTF-8 or not JSON, or a pointer of Git LFS
 */
export function parseJson(bytes: ArrayBuffer | Uint8Array, file: string): unknown {
  expectNoPointer(bytes, file);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    try {
      return JSON.parse(text);
    } catch {
      return JSON.parse(text.replaceAll(PYTHON_NUMBERS, (_, string?: string) => string ?? "null"));
    }
  } catch (error) {
    throw new EngineError("bad-file", `${file} 不是 JSON`, { cause: error });
  }
}

/**
 * The fields of an object in a file from elsewhere, read one by one with their types checked. `null` counts as absent,
 * as in Hugging Face's files; a field without a fallback must be there.
 *
 * Every method throws EngineError `bad-file`, naming the file and the field.
 */
export class JsonObject {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #where: string;

  constructor(value: unknown, where: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new EngineError("bad-file", `${where} 不是对象`);
    }
    this.#fields = new Map(Object.entries(value));
    this.#where = where;
  }

  has(key: string): boolean {
    return (this.#fields.get(key) ?? null) !== null;
  }

  keys(): string[] {
    return [...this.#fields.keys()];
  }

  string(key: string, fallback?: string): string {
    const value = this.#get(key, fallback);
    return typeof value === "string" ? value : this.fail(key, "应是字符串");
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.#get(key, fallback);
    return typeof value === "boolean" ? value : this.fail(key, "应是 true 或 false");
  }

  /** A finite number. */
  number(key: string, fallback?: number): number {
    const value = this.#get(key, fallback);
    return typeof value === "number" && Number.isFinite(value) ? value : this.fail(key, "应是数");
  }

  integer(key: string, minimum: number, fallback?: number): number {
    const value = this.#get(key, fallback);
    return isIntegerFrom(value, minimum) ? value : this.fail(key, `应是不小于 ${minimum} 的整数`);
  }

  /** An array of integers ≥ 0. */
  integers(key: string): number[] {
    const values = this.#array(key);
    return values.every((value) => isIntegerFrom(value, 0)) ? values : this.fail(key, "应是一列非负整数");
  }

  /** An array of finite numbers. */
  numbers(key: string): number[] {
    const values = this.#array(key);
    const finite = values.every((value) => typeof value === "number" && Number.isFinite(value));
    return finite ? (values as number[]) : this.fail(key, "应是一列数");
  }

  /** An array of strings; empty where it is absent. */
  strings(key: string): string[] {
    const values = this.has(key) ? this.#array(key) : [];
    return values.every((value) => typeof value === "string") ? values : this.fail(key, "应是一列字符串");
  }

  /** A value of any type, which the caller finds out; undefined where it is absent. */
  value(key: string): unknown {
    return this.#fields.get(key) ?? undefined;
  }

  object(key: string): JsonObject {
    return new JsonObject(this.#get(key), this.#path(key));
  }

  /** An array of objects. */
  objects(key: string): JsonObject[] {
    return this.#array(key).map((value, index) => new JsonObject(value, `${this.#path(key)}[${index}]`));
  }

  /** Reports a field that is of the right type and yet wrong. */
  fail(key: string, reason: string): never {
    throw new EngineError("bad-file", `${this.#path(key)} ${reason}`);
  }

  #get(key: string, fallback?: unknown): unknown {
    return this.#fields.get(key) ?? fallback ?? this.fail(key, "缺少");
  }

  #array(key: string): unknown[] {
    const value = this.#get(key);
    return Array.isArray(value) ? value : this.fail(key, "应是数组");
  }

  #path(key: string): string {
    return `${this.#where}: ${key}`;
  }
}

/** Whether something is an integer, and no less than that. */
export function isIntegerFrom(value: unknown, minimum: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= minimum;
}
