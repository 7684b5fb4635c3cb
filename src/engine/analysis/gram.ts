import { EngineError } from "../errors.ts";

/** Points in a space of `width` dimensions, [n × width]. */
export interface Points {
  readonly data: Float32Array;
  readonly width: number;
}

/** A symmetric matrix, [size × size], row-major. */
export interface SymmetricMatrix {
  readonly data: Float64Array;
  readonly size: number;
}

// #region gram
/**
 * The products of points with each other, their mean taken as the origin: K[i, j] = (xᵢ − x̄)·(xⱼ − x̄). With fewer points than dimensions
 * this small matrix holds all that principal components, distances and linear classifiers need to know of them.
 *
 * @throws EngineError `bad-input` if the numbers do not make whole points, or one is not finite
 */
export function gramMatrix({ data, width }: Points): SymmetricMatrix {
  const size = data.length / width;
  if (!Number.isInteger(size) || size < 1) throw new EngineError("bad-input", "点的个数和维数对不上");
  if (!data.every(Number.isFinite)) throw new EngineError("bad-input", "有的数不是有限的数");
  const mean = new Float64Array(width);
  for (let i = 0; i < data.length; i++) mean[i % width]! += data[i]! / size;
  const centred = Float64Array.from(data, (value, i) => value - mean[i % width]!);
  const products = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += centred[i * width + k]! * centred[j * width + k]!;
      products[i * size + j] = sum;
      products[j * size + i] = sum;
    }
  }
  return { data: products, size };
}
// #endregion

/** Points laid side by side ("concatenation") have the sum of their matrices. @throws EngineError `bad-input` if the sizes differ */
export function addGrams(grams: readonly SymmetricMatrix[]): SymmetricMatrix {
  const size = grams[0]?.size ?? 0;
  if (grams.some((gram) => gram.size !== size)) throw new EngineError("bad-input", "各层的点要一样多");
  const data = new Float64Array(size * size);
  for (const gram of grams) for (let i = 0; i < data.length; i++) data[i]! += gram.data[i]!;
  return { data, size };
}

/** Squared Euclidean distances between the points of a Gram matrix. */
export function squaredDistances({ data, size }: SymmetricMatrix): SymmetricMatrix {
  const distances = data.map((product, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    // Rounding may leave a little less than nothing.
    return Math.max(0, data[i * size + i]! + data[j * size + j]! - 2 * product);
  });
  return { data: distances, size };
}
