import { EngineError } from "../../errors.ts";
import type { BinaryFunction, UnaryFunction } from "../operations.ts";
import attention from "./attention.wgsl?raw";
import { blockSource } from "./blocks.ts";
import scalarCells from "./cells-scalar.wgsl?raw";
import vec4Cells from "./cells-vec4.wgsl?raw";
import combine from "./combine.wgsl?raw";
import common from "./common.wgsl?raw";
import fill from "./fill.wgsl?raw";
import { BINARY, binarySource, UNARY, unarySource } from "./functions.ts";
import gather from "./gather.wgsl?raw";
import layerNorm from "./layer-norm.wgsl?raw";
import { inferenceProducts, type ProductName, productKernels } from "./linear.ts";
import linearScalar from "./linear-scalar.wgsl?raw";
import losses from "./losses.wgsl?raw";
import lstm from "./lstm.wgsl?raw";
import map from "./map.wgsl?raw";
import optimizers from "./optimizers.wgsl?raw";
import products from "./products.wgsl?raw";
import rowsAlone from "./rows-alone.wgsl?raw";
import rowsShared from "./rows-shared.wgsl?raw";
import scatter from "./scatter.wgsl?raw";
import scatterAdd from "./scatter-add.wgsl?raw";
import softmax from "./softmax.wgsl?raw";
import storeKeyValues from "./store-key-values.wgsl?raw";
import sums from "./sums.wgsl?raw";
import weightF16 from "./weight-f16.wgsl?raw";
import weightI8 from "./weight-i8.wgsl?raw";
import weightNumbers from "./weight-numbers.wgsl?raw";

interface KernelSource {
  readonly code: string;
  /** The storage buffers in binding order, after the parameters: `w` for read and write, `r` for read only. */
  readonly access: string;
  readonly entryPoint?: string;
  readonly constants?: Readonly<Record<string, number>>;
}

/** The kernels that know only one way to run. */
const SOURCES = {
  fill: { code: fill, access: "w" },
  "gather:f32": { code: weightNumbers + gather, access: "wrrr" },
  "gather:f16": { code: weightF16 + gather, access: "wrrr" },
  "gather:i8": { code: weightI8 + gather, access: "wrrrr" },
  storeKeyValues: { code: storeKeyValues, access: "wwrr" },
  "linearScalar:f32": { code: weightNumbers + linearScalar, access: "wrrr" },
  "linearScalar:f16": { code: weightF16 + linearScalar, access: "wrrr" },
  "linearScalar:i8": { code: weightI8 + linearScalar, access: "wrrrr" },
  products: { code: products, access: "wrr" },
  lstmCell: { code: lstm, access: "wwrr", entryPoint: "main" },
  lstmCellGradient: { code: lstm, access: "wwrrrr", entryPoint: "gradient" },
  scatter: { code: scatter, access: "wrr" },
  scatterAdd: { code: scatterAdd, access: "wrrrr" },
  columnSums: { code: sums, access: "wr", entryPoint: "columns" },
  squares: { code: sums, access: "wr", entryPoint: "squares" },
  sgd: { code: optimizers, access: "wwrr", entryPoint: "sgd" },
  adamW: { code: optimizers, access: "wwwrr", entryPoint: "adamw" },
} satisfies Record<string, KernelSource>;

/** The kernels that go about whole rows, in one of the two ways of rows-*.wgsl. */
function rowSources(rows: string) {
  return {
    layerNorm: { code: rows + vec4Cells + layerNorm, access: "wrrr", entryPoint: "main" },
    layerNormScalar: { code: rows + scalarCells + layerNorm, access: "wrrr", entryPoint: "main" },
    layerNormGradient: { code: rows + vec4Cells + layerNorm, access: "wwrrr", entryPoint: "gradient" },
    layerNormGradientScalar: { code: rows + scalarCells + layerNorm, access: "wwrrr", entryPoint: "gradient" },
    attention: { code: rows + vec4Cells + attention, access: "wwrrrrr" },
    attentionScalar: { code: rows + scalarCells + attention, access: "wwrrrrr" },
    softmax: { code: rows + softmax, access: "wr", entryPoint: "main" },
    softmaxGradient: { code: rows + softmax, access: "wr", entryPoint: "gradient" },
    crossEntropy: { code: rows + losses, access: "wrr", entryPoint: "cross_entropy" },
    crossEntropyGradient: { code: rows + losses, access: "wrrr", entryPoint: "cross_entropy_gradient" },
    entropy: { code: rows + losses, access: "wr", entryPoint: "entropy" },
    entropyGradient: { code: rows + losses, access: "wrrr", entryPoint: "entropy_gradient" },
  } satisfies Record<string, KernelSource>;
}

const MAP_ACCESS = { main: "wr", in_place: "w", gradient: "wrr" } as const;
const COMBINE_ACCESS = { main: "wrr", into_a: "wrr", into_b: "wr", into_both: "w" } as const;

export type RowKernelName = keyof ReturnType<typeof rowSources>;

export type KernelName =
  | keyof typeof SOURCES
  | RowKernelName
  | ProductName
  | `map:${UnaryFunction}:${keyof typeof MAP_ACCESS}`
  | `combine:${BinaryFunction}:${keyof typeof COMBINE_ACCESS | "gradient_a" | "gradient_b"}`;

function allSources(software: boolean): ReadonlyMap<string, KernelSource> {
  const sources = new Map<string, KernelSource>(
    Object.entries({ ...SOURCES, ...rowSources(software ? rowsAlone : rowsShared) }),
  );
  for (const [name, kernel] of productKernels(software)) {
    const access = kernel.format === "i8" ? "wrrrr" : "wrrr";
    // Written when it is compiled: there are so many of them that a page would wait for the text alone.
    sources.set(name, {
      access,
      get code() {
        return blockSource(kernel);
      },
    });
  }
  for (const [f, expression] of Object.entries(UNARY)) {
    const code = map + unarySource(expression);
    for (const [entryPoint, access] of Object.entries(MAP_ACCESS)) {
      sources.set(`map:${f}:${entryPoint}`, { code, access, entryPoint });
    }
  }
  for (const [f, { value, slopeA, slopeB }] of Object.entries(BINARY)) {
    const code = combine + binarySource(value, slopeA);
    for (const [entryPoint, access] of Object.entries(COMBINE_ACCESS)) {
      sources.set(`combine:${f}:${entryPoint}`, { code, access, entryPoint });
    }
    const byB = combine + binarySource(value, slopeB);
    sources.set(`combine:${f}:gradient_a`, { code, access: "wrrr", entryPoint: "gradient" });
    sources.set(`combine:${f}:gradient_b`, { code: byB, access: "wrrr", entryPoint: "gradient" });
  }
  return sources;
}

/** What inference runs besides products. */
const INFERENCE: readonly KernelName[] = ["layerNorm", "storeKeyValues", "attention", "map:geluTanh:in_place"];

/** A pipeline and the shape of its bind groups. */
export interface Kernel {
  readonly name: string;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  /** The first so many storage buffers are written. */
  readonly written: number;
}

/** The kernels of a device, each compiled once. */
export class Kernels {
  readonly #device: GPUDevice;
  readonly #software: boolean;
  readonly #sources: ReadonlyMap<string, KernelSource>;
  readonly #modules = new Map<string, GPUShaderModule>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #kernels = new Map<string, Kernel>();

  /** @param software for a CPU that plays the graphics card */
  constructor(device: GPUDevice, software: boolean) {
    this.#device = device;
    this.#software = software;
    this.#sources = allSources(software);
  }

  /**
   * Compiles what inference needs, so that no token waits for a compiler, and a driver that refuses a kernel is known at once.
   * @throws GPUPipelineError
   */
  async prepare(): Promise<void> {
    const weights = this.#software ? "f32" : "f16";
    const { prompts, tokens } = inferenceProducts(weights, this.#software);
    const names = new Set<KernelName>([...INFERENCE, `gather:${weights}`, ...prompts]);
    // A prompt needs those for single tokens in its last layer. Software adapters compile one kernel at a time: better while they compute the others.
    if (!this.#software) for (const name of tokens) names.add(name);
    const compiled = [...names].map(async (name) => {
      const { descriptor, rest } = this.#plan(name);
      this.#kernels.set(name, { ...rest, pipeline: await this.#device.createComputePipelineAsync(descriptor) });
    });
    await Promise.all(compiled);
  }

  /** Whether a kernel need not be compiled any more. */
  has(name: KernelName): boolean {
    return this.#kernels.has(name);
  }

  /** A kernel, compiled now if this is its first use; if the driver refuses it, the device reports that as an error. */
  get(name: KernelName): Kernel {
    const known = this.#kernels.get(name);
    if (known) return known;
    const { descriptor, rest } = this.#plan(name);
    const kernel = { ...rest, pipeline: this.#device.createComputePipeline(descriptor) };
    this.#kernels.set(name, kernel);
    return kernel;
  }

  #plan(name: string): { descriptor: GPUComputePipelineDescriptor; rest: Omit<Kernel, "pipeline"> } {
    const source = this.#sources.get(name);
    if (!source) throw new EngineError("internal", `no kernel ${name}`);
    const { code, access, entryPoint = "main", constants = {} } = source;
    const module = memo(this.#modules, code, () =>
      this.#device.createShaderModule({ label: name, code: common + code }),
    );
    const layout = memo(this.#layouts, access, () => this.#bindGroupLayout(access));
    return {
      descriptor: {
        label: name,
        layout: this.#device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module, entryPoint, constants },
      },
      rest: { name, layout, written: access.lastIndexOf("w") + 1 },
    };
  }

  #bindGroupLayout(access: string): GPUBindGroupLayout {
    const storages = [...access].map((letter, i): GPUBindGroupLayoutEntry => {
      const type = letter === "w" ? "storage" : "read-only-storage";
      return { binding: i + 1, visibility: GPUShaderStage.COMPUTE, buffer: { type } };
    });
    const parameters: GPUBindGroupLayoutEntry = {
      binding: 0,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: "uniform", hasDynamicOffset: true },
    };
    return this.#device.createBindGroupLayout({ label: access, entries: [parameters, ...storages] });
  }
}

function memo<K, V>(cache: Map<K, V>, key: K, make: () => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}
