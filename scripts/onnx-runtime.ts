/**
 * Transformers.js asks for the build of ONNX Runtime that knows WebGPU too. Where it runs small models on the CPU, as here, that is twice the
 * download for nothing: the plain one takes its place.
 */
export const onnxRuntimeAlias = { "onnxruntime-web/webgpu": "onnxruntime-web/wasm" };
