// The CPU kernels, in AssemblyScript, compiled to one WebAssembly module of a few kB.
// Every pointer is a byte offset into the imported memory, which `../memory.ts` hands out; nothing is allocated here.

export { linear } from "./linear";
export { attention, storeKeyValues } from "./attention";
export { copy, gather, gelu, layerNorm } from "./rows";
