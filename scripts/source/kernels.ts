import ts from "typescript";
import { type Place, type Program, pageOf, resolveImport } from "./program.ts";

/** What a backend does for an operation of the interface `Backend`: its method, and the kernels that the method runs. */
export interface Implementation {
  /** `webgpu` or `cpu` */
  readonly backend: string;
  readonly method: Place;
  readonly kernels: readonly Place[];
}

/** Where the kernels of WebGPU are declared: an object for each, with its text, made of imported files, and its entry point. */
const KERNELS = "engine/backends/webgpu/kernels.ts";
/** Where the texts of all other kernels are written: products of matrices. */
const BLOCKS: Place = { path: "engine/backends/webgpu/blocks.ts", anchor: "blockSource" };
const ASSEMBLY = "engine/backends/cpu/assembly/index.ts";

/** The kernels of both backends, and what leads to them. */
export interface Kernels {
  /** Every operation that kernels compute, by its declaration: those of the interface `Backend`, and those of a tape, which call them. */
  readonly operations: ReadonlyMap<ts.Declaration, readonly Implementation[]>;
  /** The text behind the name of a kernel of WebGPU, or the beginning of a name: `softmax`, `map:gelu:main`, `map:`. */
  named(name: string): Place | undefined;
}

/** Finds the kernels, and what each operation runs. */
export function readKernels(program: Program): Kernels {
  const finder = new KernelFinder(program);
  const ofBackends = backendOperations(program, finder);
  const operations = new Map([...ofBackends, ...tapeOperations(program, ofBackends)]);
  return { operations, named: (name) => finder.named(name) };
}

function backendOperations(program: Program, finder: KernelFinder): Map<ts.Declaration, Implementation[]> {
  const { checker, files } = program;
  const classes = [...files]
    .filter(([path]) => path.startsWith("engine/backends/"))
    .flatMap(([, file]) => file.statements.filter(ts.isClassDeclaration));
  const backends = classes.flatMap((type) => {
    const implemented = type.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)?.types;
    const found = implemented?.find(({ expression }) => expression.getText() === "Backend");
    return found ? [{ own: checker.getTypeAtLocation(type), common: checker.getTypeAtLocation(found) }] : [];
  });
  const operations = new Map<ts.Declaration, Implementation[]>();
  for (const { own, common } of backends) {
    for (const { name, declarations: [declaration] = [] } of common.getProperties()) {
      const method = own.getProperty(name)?.declarations?.[0];
      const place = method && program.placeOf(method);
      if (!declaration || !ts.isMethodSignature(declaration) || !place) continue;
      const kernels = finder.kernelsOf(method);
      if (kernels.length === 0) continue;
      const [, , backend = ""] = place.path.split("/");
      operations.set(declaration, [...(operations.get(declaration) ?? []), { backend, method: place, kernels }]);
    }
  }
  return operations;
}

/** What the operations of a tape run. Their way back, which they only record, is none of it. */
function tapeOperations(
  { files, meaning }: Program,
  operations: ReadonlyMap<ts.Declaration, readonly Implementation[]>,
) {
  const runs = (node: ts.Node): readonly Implementation[] => {
    const found = new Set<Implementation>();
    const visit = (part: ts.Node): void => {
      if (ts.isCallExpression(part)) {
        const { expression } = part;
        const called = meaning(ts.isPropertyAccessExpression(expression) ? expression.name : expression);
        if (called && ts.isMethodDeclaration(called) && called.name.getText() === "record") return;
        const isOwn = called && ts.isFunctionDeclaration(called) && called.getSourceFile() === node.getSourceFile();
        for (const run of isOwn ? runs(called) : ((called && operations.get(called)) ?? [])) found.add(run);
      }
      ts.forEachChild(part, visit);
    };
    visit(node);
    return [...found];
  };
  return [...files]
    .filter(([path]) => path.startsWith("engine/tensor/ops/"))
    .flatMap(([, file]) => file.statements.filter(ts.isFunctionDeclaration))
    .map((operation) => [operation, runs(operation)] as const)
    .filter(([, found]) => found.length > 0);
}

/** Finds the texts of kernels. */
class KernelFinder {
  readonly #program: Program;
  readonly #webgpu: ReadonlyMap<string, Place>;
  readonly #cpu: ReadonlyMap<string, Place>;

  constructor(program: Program) {
    this.#program = program;
    this.#webgpu = webgpuKernels(program);
    this.#cpu = cpuKernels(program);
  }

  /** The text behind the name of a kernel of WebGPU, or the beginning of a name: `softmax`, `map:gelu:main`, `map:`. */
  named(name: string): Place | undefined {
    return this.#webgpu.get(name) ?? this.#webgpu.get(name.replace(/:.*/, ""));
  }

  /** The kernels that a method of a backend runs, itself or through other methods. */
  kernelsOf(method: ts.Declaration): Place[] {
    const found = new Map<string, Place>();
    const seen = new Set<ts.Node>();
    const add = (place: Place | undefined): void => {
      if (place) found.set(`${place.path}#${place.anchor}`, place);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const { name } = node.expression;
        const called = this.#program.meaning(name);
        if (called && isKernelExport(called)) add(this.#cpu.get(name.text));
        else if (called && takesKernel(called))
          for (const kernel of this.#namesOf(node.arguments[0])) add(this.named(kernel) ?? BLOCKS);
        else if (called && ts.isMethodDeclaration(called) && !seen.has(called)) {
          seen.add(called);
          visit(called);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(method);
    return [...found.values()];
  }

  /** What the first argument of `run` may be; of names that are put together, what they begin with. */
  #namesOf(argument: ts.Node | undefined): string[] {
    if (!argument) return [];
    if (ts.isTemplateExpression(argument)) return [argument.head.text];
    const type = this.#program.checker.getTypeAtLocation(argument);
    return (type.isUnion() ? type.types : [type]).flatMap((part) => {
      if (part.isStringLiteral()) return [part.value];
      return part.flags & ts.TypeFlags.TemplateLiteral ? [(part as ts.TemplateLiteralType).texts[0] ?? ""] : [];
    });
  }
}

function isKernelExport({ parent }: ts.Declaration): boolean {
  return ts.isInterfaceDeclaration(parent) && parent.name.text === "KernelExports";
}

function takesKernel(called: ts.Declaration): boolean {
  const [first] = ts.isMethodDeclaration(called) ? called.parameters : [];
  return /KernelName$/.test(first?.type?.getText() ?? "");
}

/** The exports of the AssemblyScript module. */
function cpuKernels({ checker, files, placeOf }: Program): Map<string, Place> {
  const module = checker.getSymbolAtLocation(files.get(ASSEMBLY)!);
  const exported = module ? checker.getExportsOfModule(module) : [];
  return new Map(
    exported.flatMap((symbol) => {
      const [declaration] = checker.getAliasedSymbol(symbol).declarations ?? [];
      const place = declaration && placeOf(declaration);
      return place ? [[symbol.name, place]] : [];
    }),
  );
}

/** Kernels by the name under which `kernels.ts` declares them, or by what such names begin with. */
function webgpuKernels({ files }: Program): Map<string, Place> {
  const file = files.get(KERNELS)!;
  const texts = wgslImports(file);
  const kernels = new Map<string, Place>();
  // Functions of numbers are named after the file that applies them: `map:exp:main`.
  for (const [name, path] of texts) kernels.set(name, { path, anchor: "main" });
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.initializer)) {
      const { properties } = node.initializer;
      const value = (key: string) =>
        properties.filter(ts.isPropertyAssignment).find(({ name }) => name.getText() === key)?.initializer;
      // The kernel itself comes last, behind what it needs.
      const path = texts.get(value("code")?.getText().match(/\w+$/)?.[0] ?? "");
      const entry = value("entryPoint");
      const name = ts.isStringLiteral(node.name) ? node.name.text : node.name.getText();
      if (path) kernels.set(name, { path, anchor: entry && ts.isStringLiteral(entry) ? entry.text : "main" });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return kernels;
}

/** The WGSL files that a module imports, by the names that it gives their texts. */
export function wgslImports(file: ts.SourceFile): Map<string, string> {
  return new Map(
    file.statements.filter(ts.isImportDeclaration).flatMap(({ importClause, moduleSpecifier }) => {
      const specifier = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
      const path = resolveImport(file.fileName, specifier);
      return importClause?.name && path?.endsWith(".wgsl") ? [[importClause.name.text, pageOf(path)]] : [];
    }),
  );
}
