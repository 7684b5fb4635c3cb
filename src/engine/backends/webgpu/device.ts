/**
 * A device with all the buffer space that the adapter offers (the WebGPU defaults are 256 MiB a buffer and 128 MiB a binding, less
 * than the embedding of a large checkpoint).
 * @throws OperationError, TypeError: the adapter was used before, or refuses
 */
export function requestWebGpuDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  return adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
}

const SWIFTSHADER = "swiftshader";

/** Whether a CPU plays the graphics card. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  // Chromium calls SwiftShader no fallback when it was asked for it by a flag.
  return info.isFallbackAdapter || info.architecture === SWIFTSHADER;
}

/** What the reader is told; a software adapter is named as one, since its speed says nothing about the reader's graphics card. */
export function deviceName(info: GPUAdapterInfo): string {
  const vendor = info.vendor.charAt(0).toUpperCase() + info.vendor.slice(1);
  // Browsers hide what could identify the reader: most leave `description` empty, some everything.
  const name = info.description || `${vendor} ${info.architecture}`.trim() || "GPU";
  if (!isSoftware(info)) return name;
  return `${info.architecture === SWIFTSHADER ? "SwiftShader" : name}（软件模拟）`;
}
