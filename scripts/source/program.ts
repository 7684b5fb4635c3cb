import { globSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where something is defined: a page of the source, and a name or a line (`L31`) on it. */
export interface Place {
  /** As on the site, `engine/nn/attention.ts`. */
  readonly path: string;
  readonly anchor: string;
}

/** The project's TypeScript as its compiler sees it. */
export interface Program {
  readonly checker: ts.TypeChecker;
  /** The files that get a page, by path. */
  readonly files: ReadonlyMap<string, ts.SourceFile>;
  /** Where a declaration stands; undefined for what is local to a function, for a property, and for what has no page. */
  placeOf(declaration: ts.Node): Place | undefined;
  /** What a name means, through imports. */
  meaning(name: ts.Node): ts.Declaration | undefined;
}

/** The path of a page from that of a file: what lies in `src` is named from there, all else from the project's folder. */
export function pageOf(file: string): string {
  return relative(root, file)
    .replaceAll("\\", "/")
    .replace(/^src\//, "");
}

/** The file behind the path of a page. */
export function fileOf(path: string): string {
  return resolve(root, path.startsWith("training/") ? "" : "src", path);
}

/** Product files of the project, as paths of pages. */
export function listSources(patterns: readonly string[]): string[] {
  const isProduct = (path: string): boolean => !/\.(test|d|generated)\.ts$|(^|\/)(testing|testdata)\//.test(path);
  return globSync([...patterns], { cwd: root })
    .map((file) => pageOf(resolve(root, file)))
    .filter(isProduct)
    .sort();
}

/**
 * Reads the engine, these other files, and all that they import, except packages.
 * @param others paths of pages
 */
export function readProgram(others: readonly string[]): Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    // Of what comes with the language no page tells: names of our own are found without it, and in a third of the time.
    noLib: true,
    types: [],
  };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const file = resolveImport(from, text);
        if (!file?.endsWith(".ts") || !ts.sys.fileExists(file)) return { resolvedModule: undefined };
        return { resolvedModule: { resolvedFileName: file, extension: ts.Extension.Ts } };
      }),
  };
  const engine = listSources(["src/engine/**/*.ts"]);
  const program = ts.createProgram([...engine, ...others].map(fileOf), options, host);
  const sources = program.getSourceFiles().filter((file) => !/\.generated\.ts$/.test(file.fileName));
  const files = new Map(sources.map((file) => [pageOf(file.fileName), file]));
  const checker = program.getTypeChecker();

  return {
    checker,
    files,
    placeOf(declaration) {
      const path = pageOf(declaration.getSourceFile().fileName);
      const anchor = files.has(path) && (anchorOf(declaration) ?? lineAnchor(declaration));
      return anchor ? { path, anchor } : undefined;
    },
    meaning(name) {
      const symbol = ts.isShorthandPropertyAssignment(name.parent)
        ? checker.getShorthandAssignmentValueSymbol(name.parent)
        : checker.getSymbolAtLocation(name);
      const own = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return own?.declarations?.[0] ?? symbol?.declarations?.[0];
    },
  };
}

/** The file that an import names. AssemblyScript leaves the extension out. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  const file = resolve(dirname(from), specifier.replace(/\?.*/, ""));
  return /\.\w+$/.test(file) ? file : `${file}.ts`;
}

/** The name by which a page is linked to a declaration: `topP`, or `Bert.forward` for a member that is not private. */
export function anchorOf(node: ts.Node): string | undefined {
  const name = ts.getNameOfDeclaration(node as ts.Declaration);
  if (!name || !ts.isIdentifier(name)) return undefined;
  const { parent } = node;
  if (ts.isSourceFile(parent)) return name.text;
  if (ts.isVariableDeclarationList(parent)) return ts.isSourceFile(parent.parent.parent) ? name.text : undefined;
  const isMember = (ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent)) && isFunction(node);
  return isMember && parent.name ? `${parent.name.text}.${name.text}` : undefined;
}

/** For functions that have no name on the page: private methods, and functions inside of others. */
function lineAnchor(node: ts.Node): string | undefined {
  return isFunction(node) ? `L${lineOf(node)}` : undefined;
}

function isFunction(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && !ts.isArrowFunction(node);
}

/** The line on which a node stands, counted from 1. */
export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  const name = ts.getNameOfDeclaration(node as ts.Declaration) ?? node;
  return file.getLineAndCharacterOfPosition(name.getStart(file)).line + 1;
}
