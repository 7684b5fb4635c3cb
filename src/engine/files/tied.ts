import { type TensorView, toFloat32 } from "./safetensors.ts";

/** What counts of a model here. */
interface Tied {
  readonly architecture: string;
  readonly tiedHead?: boolean;
}

/** Tensors that are one and the same where the head is tied. A bare body leaves the prefix out. An architecture that is not here sees to it itself. */
const TWINS: Readonly<Record<string, { readonly prefix: string; readonly table: string; readonly head: string }>> = {
  gpt2: { prefix: "transformer.", table: "wte.weight", head: "lm_head.weight" },
  bert: { prefix: "bert.", table: "embeddings.word_embeddings.weight", head: "cls.predictions.decoder.weight" },
};
/** BERT's head has its bias under two names; what `forward` adds is the decoder's. */
const BIAS = "cls.predictions.bias";
const DECODER_BIAS = "cls.predictions.decoder.bias";

/**
 * A file's tensors, also under the names under which the model asks for them: of two tied ones safetensors' `save_model` keeps the first by the alphabet,
 * `save_pretrained` that of the table.
 */
export function withTwins<T>(
  { architecture, tiedHead }: Tied,
  tensors: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  const all = new Map(tensors);
  const { prefix = "", table = "", head = "" } = TWINS[architecture] ?? {};
  const own = tensors.get(head);
  const stored = tensors.has(prefix + table) || tensors.has(table);
  if (tiedHead && own !== undefined && !stored) all.set(prefix + table, own);
  const bias = architecture === "bert" ? tensors.get(DECODER_BIAS) : undefined;
  if (bias !== undefined) all.set(BIAS, bias);
  return all;
}

/**
 * What the weights say of a head that config.json calls tied: where a file has both tensors and they differ, transformers believes the file.
 * @returns the config, untied where that is so
 */
export function asStored<C extends Tied>(config: C, tensors: ReadonlyMap<string, TensorView>): C {
  const { prefix = "", table = "", head = "" } = TWINS[config.architecture] ?? {};
  const [one, other] = [tensors.get(prefix + table) ?? tensors.get(table), tensors.get(head)];
  if (!config.tiedHead || !one || !other || areEqual(one, other)) return config;
  return { ...config, tiedHead: false };
}

function areEqual(one: TensorView, other: TensorView): boolean {
  if (one.shape.join() !== other.shape.join()) return false;
  const [a, b] = one.dtype === other.dtype ? [one.data, other.data] : [toFloat32(one), toFloat32(other)];
  // Millions of them: a loop over indices is several times faster than one over values.
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
