import type { Activation } from "../../../../engine/backends/operations.ts";

/** A function between the two halves of a feed-forward network, in the reader's words. */
interface Bend {
  readonly name: string;
  readonly title: string;
  readonly says: string;
}

const ALIGHT = "留下来的那几格，就是这个字激活的神经元。";

const GELU: Bend = {
  name: "GELU",
  title: "GELU：负的几乎都压成零",
  says: `每个数单独过一次 GELU：大的正数照旧，负数几乎变成零。${ALIGHT}`,
};

export const BENDS: Readonly<Record<Activation, Bend>> = {
  gelu: GELU,
  geluTanh: GELU,
  relu: {
    name: "ReLU",
    title: "ReLU：负的都压成零",
    says: `每个数单独过一次 ReLU：正数照旧，负数都变成零。${ALIGHT}`,
  },
  silu: {
    name: "SiLU",
    title: "SiLU：负的压到零附近",
    says: `每个数单独过一次 SiLU，就是乘上自己的 sigmoid：大的正数照旧，负数压到零附近，最低到 −0.28。${ALIGHT}`,
  },
  tanh: {
    name: "tanh",
    title: "tanh：都压到 −1 和 1 之间",
    says: "每个数单独过一次 tanh：零附近的差不多照旧，大的压到 1，小的压到 −1。离零远的那几格，就是这个字激活的神经元。",
  },
};
