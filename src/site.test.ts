import { expect, it } from "vitest";
import { joinBase } from "./site.ts";

it.each([
  ["/", "/contents/", "/contents/"],
  ["/book", "/contents/", "/book/contents/"],
  ["/book/", "models/a.json", "/book/models/a.json"],
  ["/", "/", "/"],
])("joins %s and %s", (base, path, joined) => expect(joinBase(base, path)).toBe(joined));
