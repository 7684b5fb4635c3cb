// The CPU kernels, in AssemblyScript, compiled to one WebAssembly module of a few kB.
// Every pointer is a byte offset into the imported memory, which `../arena.ts` hands out; nothing is allocated here.

export { attention, storeKeyValues } from "./attention";
export { batchAttention, batchAttentionGradient } from "./batch-attention";
export { combine, combineGradient, map, mapGradient } from "./elementwise";
export { layerNorm, layerNormGradient } from "./layer-norm";
export { linear, outerProducts } from "./linear";
export { gatherI8, linearI8 } from "./quantized";
export { lstmCell, lstmCellGradient } from "./lstm";
export { adamW, addSquares, sgd } from "./optimizers";
export { columnSums, copy, fill, gather, scatter, scatterAdd } from "./rows";
export { crossEntropy, crossEntropyGradient, entropy, entropyGradient } from "./softmax";
