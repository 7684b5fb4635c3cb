import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { Input } from "./read.ts";

/** Numbers as whole multiples of this: three digits behind the point are printed. */
const UNIT = 1e-4;

/** Rows of numbers; one that comes again is there once. */
interface SentRows {
  /** For each place, which of the rows. */
  readonly rows: readonly number[];
  readonly width: number;
  readonly units: Int32Array;
}

/** What the model makes of a text, as it is sent with the page. The sum of the three embeddings is added up there. */
export interface SentInput extends Pick<Input, "encoded"> {
  readonly vectors: ReadonlyMap<string, SentRows>;
}

const ADDED = ["embed", "token_type_embed", "pos_embed"] as const;
const SUM = "embed_sum";

export function sentInput({ encoded, vectors }: Input): SentInput {
  const sent = [...vectors].filter(([name]) => name !== SUM).map(([name, tensor]) => [name, sentRows(tensor)] as const);
  return { encoded, vectors: new Map(sent) };
}

/** Each number within half a unit, those of the sum within one and a half. */
export function receivedInput({ encoded, vectors }: SentInput): Input {
  const received = new Map([...vectors].map(([name, rows]) => [name, receivedRows(rows)]));
  const [first, ...others] = ADDED.map((name) => received.get(name)!);
  const sum = first!.data.map((value, i) => others.reduce((total, { data }) => total + data[i]!, value));
  // In the order in which the model makes them.
  const all = [...received].flatMap(([name, tensor]) =>
    name === ADDED.at(-1)
      ? [[name, tensor] as const, [SUM, { shape: tensor.shape, data: sum }] as const]
      : [[name, tensor] as const],
  );
  return { encoded, vectors: new Map(all) };
}

function sentRows({ shape: [count = 0, width = 0], data }: HostTensor): SentRows {
  const known = new Map<string, number>();
  const units: number[] = [];
  const rows = Array.from({ length: count }, (_, place) => {
    const row = Array.from(data.subarray(place * width, (place + 1) * width), (value) => Math.round(value / UNIT));
    const key = row.join();
    const at = known.get(key) ?? known.size;
    if (at === known.size) {
      known.set(key, at);
      for (const unit of row) units.push(unit);
    }
    return at;
  });
  return { rows, width, units: Int32Array.from(units) };
}

function receivedRows({ rows, width, units }: SentRows): HostTensor {
  const data = new Float32Array(rows.length * width);
  for (const [place, row] of rows.entries())
    for (let k = 0; k < width; k++) data[place * width + k] = units[row * width + k]! * UNIT;
  return { shape: [rows.length, width], data };
}
