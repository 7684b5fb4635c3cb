import attention from "./attention.wgsl?raw";
import scalarCells from "./cells-scalar.wgsl?raw";
import vec4Cells from "./cells-vec4.wgsl?raw";
import gather from "./gather.wgsl?raw";
import gelu from "./gelu.wgsl?raw";
import layerNorm from "./layer-norm.wgsl?raw";
import { type LinearName, linearKernels } from "./linear.ts";
import linear from "./linear.wgsl?raw";
import linearScalar from "./linear-scalar.wgsl?raw";
import storeKeyValues from "./store-key-values.wgsl?raw";

interface KernelSource {
  readonly code: string;
  /** The storage buffers in binding order, after the parameters: `w` for read and write, `r` for read only. */
  readonly access: string;
  readonly entryPoint?: string;
  readonly constants?: Readonly<Record<string, number>>;
}

/** The kernels that know only one way to run. */
const SOURCES = {
  gather: { code: gather, access: "wrr" },
  gelu: { code: gelu, access: "wr", entryPoint: "main" },
  geluInPlace: { code: gelu, access: "w", entryPoint: "in_place" },
  storeKeyValues: { code: storeKeyValues, access: "wwrr" },
  linearScalar: { code: linearScalar, access: "wrrr" },
} satisfies Record<string, KernelSource>;

/**
 * The kernels whose threads share work. A software adapter runs four threads at a time, and for a workgroup with a barrier each four of
 * them are a coroutine, which costs more than what most of them compute: there a workgroup has just four.
 */
function sharingSources(software: boolean) {
  const row = { LANES: software ? 4 : 32 };
  const head = { LANES: software ? 4 : 64 };
  return {
    layerNorm: { code: layerNorm, access: "wrrr", constants: row },
    attention: { code: vec4Cells + attention, access: "wwrrrrr", constants: head },
    attentionScalar: { code: scalarCells + attention, access: "wwrrrrr", constants: head },
  } satisfies Record<string, KernelSource>;
}

export type KernelName = keyof typeof SOURCES | keyof ReturnType<typeof sharingSources> | LinearName;

/** A pipeline and the shape of its bind groups. */
export interface Kernel {
  readonly name: string;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  /** The first so many storage buffers are written. */
  readonly written: number;
}

/**
 * Compiles all kernels, in parallel. They are few; so no operation ever waits for a compiler, and a driver that refuses one of them is
 * known before the first token.
 * @param software for a CPU that plays the graphics card
 * @throws GPUPipelineError
 */
export async function compileKernels(device: GPUDevice, software: boolean): Promise<ReadonlyMap<string, Kernel>> {
  const sources = new Map<string, KernelSource>(Object.entries({ ...SOURCES, ...sharingSources(software) }));
  for (const { entryPoint, rows } of linearKernels(!software)) {
    sources.set(`${entryPoint}_${rows}`, { code: linear, access: "wrrr", entryPoint, constants: { ROWS: rows } });
  }
  const modules = new Map<string, GPUShaderModule>();
  const layouts = new Map<string, GPUBindGroupLayout>();
  const kernels = Array.from(sources, async ([name, source]): Promise<[string, Kernel]> => {
    const module = memo(modules, source.code, (code) => device.createShaderModule({ label: name, code }));
    const layout = memo(layouts, source.access, (access) => bindGroupLayout(device, access));
    const pipeline = await device.createComputePipelineAsync({
      label: name,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: source.entryPoint ?? "main", constants: source.constants ?? {} },
    });
    return [name, { name, pipeline, layout, written: source.access.lastIndexOf("w") + 1 }];
  });
  return new Map(await Promise.all(kernels));
}

function bindGroupLayout(device: GPUDevice, access: string): GPUBindGroupLayout {
  const storages = [...access].map((letter, i): GPUBindGroupLayoutEntry => {
    const type = letter === "w" ? "storage" : "read-only-storage";
    return { binding: i + 1, visibility: GPUShaderStage.COMPUTE, buffer: { type } };
  });
  const parameters: GPUBindGroupLayoutEntry = {
    binding: 0,
    visibility: GPUShaderStage.COMPUTE,
    buffer: { type: "uniform", hasDynamicOffset: true },
  };
  return device.createBindGroupLayout({ label: access, entries: [parameters, ...storages] });
}

function memo<K, V>(cache: Map<K, V>, key: K, make: (key: K) => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  cache.set(key, made);
  return made;
}
