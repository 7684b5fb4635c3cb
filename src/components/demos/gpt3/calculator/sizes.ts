/** The arithmetic of a Transformer's size: every tensor that a GPT-2 or a BERT has, and what each costs. */

/** What the size of a model depends on. */
export interface ModelShape {
  /** `gpt`: a decoder with the layer norms before its sub-layers (GPT-2, GPT-3). `bert`: an encoder with the heads of its pre-training. */
  readonly kind: "gpt" | "bert";
  readonly vocabulary: number;
  readonly positions: number;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  /** The hidden layer of an MLP is so many times as wide as the residual stream. */
  readonly factor: number;
  /** Whether linear layers have biases; layer norms always have. */
  readonly biases: boolean;
  /** Whether the output matrix is the token embedding. */
  readonly tied: boolean;
}

export const GROUPS = ["tokens", "positions", "attention", "mlp", "norms", "head"] as const;
export type Group = (typeof GROUPS)[number];

/** A tensor, or one of each layer. */
export interface Piece {
  readonly group: Group;
  readonly name: string;
  readonly shape: readonly number[];
  /** How often the model has it. */
  readonly times: number;
  /** Numbers that are trained, all of them together; 0 for a matrix that is another one's, too. */
  readonly parameters: number;
  /** Multiplications for each token, all of them together; 0 for what is looked up or added. */
  readonly products: number;
}

/** Kinds of sentences in a BERT's input. */
const SEGMENTS = 2;

interface Role {
  readonly times?: number;
  /** A matrix that every token is multiplied with. */
  readonly multiplied?: boolean;
  /** Counted elsewhere. */
  readonly shared?: boolean;
}

// #region pieces
/** All tensors of a model, in the order in which numbers flow through them. */
export function piecesOf(model: ModelShape): Piece[] {
  const { kind, vocabulary, positions, layers, width, factor, biases, tied } = model;
  const inner = factor * width;
  const bert = kind === "bert";
  const piece = (group: Group, name: string, shape: readonly number[], role: Role = {}): Piece => {
    const { times = 1, multiplied = false, shared = false } = role;
    const size = times * shape.reduce((product, side) => product * side, 1);
    return { group, name, shape, times, parameters: shared ? 0 : size, products: multiplied ? size : 0 };
  };
  const linear = (group: Group, name: string, from: number, to: number, role: Role = { multiplied: true }): Piece[] => [
    piece(group, name, [from, to], role),
    ...(biases ? [piece(group, `${name}的偏置`, [to], { ...role, multiplied: false })] : []),
  ];
  const inLayers = { times: layers, multiplied: true };
  const norm = (name: string, times = 1): Piece => piece("norms", name, [2, width], { times });
  return [
    piece("tokens", "词元嵌入", [vocabulary, width]),
    piece("positions", "位置嵌入", [positions, width]),
    ...(bert ? [piece("positions", "段嵌入", [SEGMENTS, width]), norm("嵌入后的层归一化")] : []),
    ...linear("attention", "查询、键、值", width, 3 * width, inLayers),
    ...linear("attention", "注意力的输出", width, width, inLayers),
    norm("第一个层归一化", layers),
    ...linear("mlp", "MLP 放宽", width, inner, inLayers),
    ...linear("mlp", "MLP 收窄", inner, width, inLayers),
    norm("第二个层归一化", layers),
    // A whole text passes pooler and next-sentence head once, and so do not count for a token.
    ...(bert
      ? [
          ...linear("head", "pooler", width, width, {}),
          ...linear("head", "下一句的头", width, SEGMENTS, {}),
          ...linear("head", "填空的头：变换", width, width),
          norm("填空的头：层归一化"),
        ]
      : [norm("最后的层归一化")]),
    piece("head", tied ? "输出矩阵（就是词元嵌入）" : "输出矩阵", [width, vocabulary], {
      multiplied: true,
      shared: tied,
    }),
    ...(bert && biases ? [piece("head", "填空的头：每个词元的偏置", [vocabulary])] : []),
  ];
}
// #endregion

export const FORMATS = { F32: 4, F16: 2, I8: 1 } as const;
export type Format = keyof typeof FORMATS;

/** What a model costs. */
export interface Costs {
  readonly parameters: number;
  /** Of the weights, in bytes. */
  readonly memory: number;
  /** Floating-point operations for a token, on average over a full context: products of matrices, and attention's. */
  readonly forward: number;
  /** Of them, scores and weighted sums of attention, which grow with the context. */
  readonly attending: number;
  /** The same in training: forward, and twice that back. */
  readonly training: number;
  /** The usual approximation of it, 6 N. */
  readonly approximation: number;
  /** Keys and values of a token, in bytes; null for a model that reads to the right, too, and so keeps none. */
  readonly cache: number | null;
}

// #region costs
/** A multiplication and an addition count as two operations. The weights' format is also that of keys and values. */
export function costsOf(model: ModelShape, format: Format): Costs {
  const { kind, positions, layers, width } = model;
  const pieces = piecesOf(model);
  const bytes = FORMATS[format];
  const parameters = pieces.reduce((sum, piece) => sum + piece.parameters, 0);
  // A causal token sees itself and those before it: half of the context, on average.
  const keys = kind === "gpt" ? (positions + 1) / 2 : positions;
  // A product of width numbers for each key, and a sum of as many values.
  const attending = 2 * layers * (2 * keys * width);
  const forward = 2 * pieces.reduce((sum, { products }) => sum + products, 0) + attending;
  return {
    parameters,
    memory: parameters * bytes,
    forward,
    attending,
    training: 3 * forward,
    approximation: 6 * parameters,
    cache: kind === "gpt" ? 2 * layers * width * bytes : null,
  };
}
// #endregion

/** The parameters of each group, in order. */
export function sharesOf(pieces: readonly Piece[]): { group: Group; parameters: number; share: number }[] {
  const total = pieces.reduce((sum, { parameters }) => sum + parameters, 0);
  return GROUPS.map((group) => {
    const parameters = pieces.reduce((sum, piece) => sum + (piece.group === group ? piece.parameters : 0), 0);
    return { group, parameters, share: parameters / total };
  });
}
