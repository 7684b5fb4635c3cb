/**
 * A device with all the buffer space that the adapter offers (the WebGPU defaults are 256 MiB a buffer and 128 MiB a binding, less
 * than the embedding of a large checkpoint).
 * @throws OperationError, TypeError: the adapter was used before, or refuses
 */
export function requestWebGpuDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  return adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
}
