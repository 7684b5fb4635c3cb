import { EngineError } from "../../errors.ts";
import { sizeOf, type Tape, type Tensor } from "../tape.ts";

/**
 * y = x · weight + bias over the last axis of x.
 *
 * @param x [..., inner]
 * @param weight [inner, columns]; `transposed`: [columns, inner], as PyTorch's `nn.Linear` and a head tied to an embedding have it
 * @param bias [columns]
 * @returns [..., columns]
 */
export function linear(
  tape: Tape,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  { transposed = false }: { readonly transposed?: boolean } = {},
): Tensor {
  const { backend } = tape;
  const [first = 0, second = 0] = weight.shape;
  const [inner, columns] = transposed ? [second, first] : [first, second];
  if (x.shape.at(-1) !== inner) throw new EngineError("internal", `linear: [${x.shape}] · [${weight.shape}]`);
  const rows = sizeOf(x.shape) / inner;

  const y = tape.result([...x.shape.slice(0, -1), columns], bias ? [x, weight, bias] : [x, weight]);
  backend.linear(y.storage, x.storage, weight.storage, bias?.storage ?? null, { rows, inner, columns, transposed });
  tape.record(y, (dy) => {
    if (x.gradient) {
      const shape = { rows, inner: columns, columns: inner, transposed: !transposed, accumulate: true };
      backend.linear(x.gradient, dy, weight.storage, null, shape);
    }
    if (weight.gradient) {
      if (transposed) backend.outerProducts(weight.gradient, dy, x.storage, rows, columns, inner);
      else backend.outerProducts(weight.gradient, x.storage, dy, rows, inner, columns);
    }
    if (bias?.gradient) backend.columnSums(bias.gradient, dy, rows, columns);
  });
  return y;
}
