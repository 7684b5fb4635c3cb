import ts from "typescript";
import { comment, link, type Mark, named } from "./html.ts";
import { type Implementation, type Kernels, wgslImports } from "./kernels.ts";
import { anchorOf, lineOf, type Place, type Program, pageOf, resolveImport } from "./program.ts";

/** A file of TypeScript, ready to be shown. */
export interface MarkedFile {
  readonly marks: readonly Mark[];
  /** The names that links may lead to. */
  readonly anchors: ReadonlySet<string>;
  /** By line, counted from 1: what the backends do for the operation that is called there. */
  readonly operations: ReadonlyMap<number, readonly Implementation[]>;
}

/**
 * Marks comments, links every name to its definition, the names of files and of WebGPU's kernels to their pages, and gives names of its own
 * to what links lead to.
 *
 * @param hrefOf the address of a place
 * @param hasPage whether there is a page of this path
 */
export function markTypeScript(
  file: ts.SourceFile,
  program: Program,
  kernels: Kernels,
  hrefOf: (place: Place | string) => string,
  hasPage: (path: string) => boolean,
): MarkedFile {
  const marks: Mark[] = [];
  const anchors = new Set<string>();
  const operations = new Map<number, readonly Implementation[]>();
  const texts = wgslImports(file);
  const isWebGpu = pageOf(file.fileName).startsWith("engine/backends/webgpu/");

  const visitName = (name: ts.Identifier | ts.PrivateIdentifier): void => {
    const [start, end] = [name.getStart(file), name.end];
    const meaning = program.meaning(name);
    if (!meaning) return;
    const runs = isCalled(name) || ts.isMethodSignature(name.parent) ? kernels.operations.get(meaning) : undefined;
    if (runs) operations.set(lineOf(name), [...(operations.get(lineOf(name)) ?? []), ...runs]);
    if (ts.getNameOfDeclaration(meaning) === name) {
      const anchor = anchorOf(meaning);
      if (!anchor || anchors.has(anchor)) return;
      anchors.add(anchor);
      marks.push(named(start, end, anchor));
      return;
    }
    const place = ts.isImportClause(meaning) ? texts.get(name.text) : program.placeOf(meaning);
    if (place) marks.push(link(start, end, hrefOf(place)));
  };

  const visitText = (node: ts.LiteralLikeNode): void => {
    const path = resolveImport(file.fileName, node.text);
    const place =
      (path && hasPage(pageOf(path)) ? pageOf(path) : undefined) ?? (isWebGpu ? kernels.named(node.text) : undefined);
    if (place) marks.push(link(node.getStart(file) + 1, node.getStart(file) + 1 + node.text.length, hrefOf(place)));
  };

  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    if (children.length === 0) marks.push(...commentsBefore(node, file));
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) visitName(node);
    else if (ts.isStringLiteral(node) || ts.isTemplateHead(node)) visitText(node);
    children.forEach(visit);
  };
  visit(file);
  return { marks, anchors, operations };
}

function isCalled(name: ts.Node): boolean {
  const called = ts.isPropertyAccessExpression(name.parent) ? name.parent : name;
  return ts.isCallExpression(called.parent) && called.parent.expression === called;
}

/** What stands before a token, besides space. */
function commentsBefore(token: ts.Node, file: ts.SourceFile): Mark[] {
  const before = file.text.slice(token.pos, token.getStart(file));
  return [...before.matchAll(/\/\*[\s\S]*?\*\/|\/\/.*/g)].map(({ index, 0: text }) =>
    comment(token.pos + index, token.pos + index + text.length),
  );
}
