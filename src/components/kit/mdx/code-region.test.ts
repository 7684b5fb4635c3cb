import { describe, expect, it } from "vitest";
import { cutRegion } from "./code-region.ts";

const source = `import x from "y";
export class A {
  // #region outer
  /** Adds. */
  add(): number {
    // #region inner
    return 1;
    // #endregion
  }

  // #endregion outer
}
// #region open
const z = 1;
`;

describe("cutRegion", () => {
  it("takes the lines inside, without their common indentation and without inner marks", () => {
    expect(cutRegion(source, "outer", "a.ts")).toEqual({
      code: "/** Adds. */\nadd(): number {\n  return 1;\n}",
      firstLine: 4,
      lastLine: 10,
    });
    expect(cutRegion(source, "inner", "a.ts").code).toBe("return 1;");
  });

  it("reports the lines that an editor would show", () => {
    const { firstLine, lastLine } = cutRegion(source, "inner", "a.ts");
    expect(source.split("\n").slice(firstLine - 1, lastLine)).toEqual(["    return 1;"]);
  });

  it.each([
    ["gone", 'a.ts has no region "gone"'],
    ["out", 'a.ts has no region "out"'],
    ["open", 'a.ts: region "open" is not closed'],
  ])("refuses %s", (name, message) => expect(() => cutRegion(source, name, "a.ts")).toThrow(message));

  it("reads the marks of Python, too", () => {
    const python =
      "class A:\n    # #region sum\n    a = b  # a comment\n    # #region inner\n    c = a\n    # #endregion\n    # #endregion\n";
    expect(cutRegion(python, "sum", "a.py")).toEqual({ code: "a = b  # a comment\nc = a", firstLine: 3, lastLine: 6 });
  });

  it("refuses a name that stands twice", () => {
    const twice = "// #region a\n// #endregion\n// #region a\n// #endregion";
    expect(() => cutRegion(twice, "a", "a.ts")).toThrow("more than one");
  });
});
