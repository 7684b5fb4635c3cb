import weightCells from "./weight-cells.wgsl?raw";
import weightF16 from "./weight-f16.wgsl?raw";
import weightI8 from "./weight-i8.wgsl?raw";

/** How a kernel multiplies matrices: its threads compute blocks of `rows` × `columns` numbers in registers. */
export interface BlockKernel {
  /**
   * `plain` x · weight and `transposed` x · weightᵀ are those of a linear layer; `ragged` is `plain` for an inner dimension of any length; `outer`,
   * xᵀ · weight, is the gradient of a weight, with x [inner × rows].
   */
  readonly product: "plain" | "ragged" | "transposed" | "outer";
  /** How the numbers of the weight are stored. */
  readonly format: "f32" | "f16" | "i8";
  readonly rows: number;
  /** A multiple of 4. */
  readonly columns: number;
  /** Blocks of one workgroup. */
  readonly blocks: number;
  /** Threads that share the inner dimension of a block and add up their parts once at the end; with 1 there is no barrier. */
  readonly lanes: number;
}

const WEIGHTS = { f32: weightCells, f16: weightF16, i8: weightI8 };

/** One operand of a product: WGSL that finds its places before the loop, and loads its cells (four numbers) in each step of it. */
interface Operand {
  readonly places: string;
  readonly loads: string;
}

function each(count: number, line: (i: number) => string, between = "\n"): string {
  return Array.from({ length: count }, (_, i) => line(i)).join(between);
}

// Rows and columns past the end repeat the last one, so that all loads stay inside the matrices; `store` drops them.

/**
 * Loads `x0`, `x1`, … for each row: a cell of the inner dimension, or a single number of it where x does not lie in cells that way.
 */
function operandX(product: BlockKernel["product"], rows: number): Operand {
  const at = (i: number) => `min(row + ${i}, shape.rows - 1)`;
  if (product === "outer") {
    return {
      places: each(rows, (i) => `let x_at${i} = ${at(i)};`),
      loads: each(rows, (i) => `let x${i} = x[x_at${i} + k * shape.rows];`),
    };
  }
  return {
    places: each(rows, (i) => `let x_at${i} = ${at(i)} * shape.steps;`),
    loads: each(rows, (i) => `let x${i} = x[x_at${i} + k];`),
  };
}

/** Loads `w0`, `w1`, …: a cell of the inner dimension for each column if transposed, otherwise cells of columns, inner number by inner number. */
function operandWeight(transposed: boolean, columns: number, step: number): Operand {
  if (transposed) {
    return {
      places: each(columns, (i) => `let w_at${i} = min(column + ${i}, shape.columns - 1) * shape.steps;`),
      loads: each(columns, (i) => `let w${i} = weight_cells(w_at${i} + k);`),
    };
  }
  const cells = columns / 4;
  return {
    places: each(cells, (i) => `let w_at${i} = min(column / 4 + ${i}, shape.columns / 4 - 1);`),
    loads: each(step * cells, (i) => {
      return `let w${i} = weight_cells(w_at${i % cells} + (${step} * k + ${Math.floor(i / cells)}) * (shape.columns / 4));`;
    }),
  };
}

/** What one step adds to a row's cell of columns. */
function summand(product: BlockKernel["product"], cells: number, row: number, cell: number): string {
  const component = (i: number) => "xyzw".charAt(i % 4);
  switch (product) {
    case "plain":
      return each(4, (i) => `x${row}.${component(i)} * w${i * cells + cell}`, " + ");
    case "transposed":
      return `vec4f(${each(4, (i) => `dot(x${row}, w${4 * cell + i})`, ", ")})`;
    case "ragged":
    case "outer":
      return `x${row} * w${cell}`;
  }
}

/**
 * The WGSL of a kernel. Blocks in registers are what counts: a thread loads rows + columns numbers for rows · columns multiplications. WGSL has no
 * generic sizes, so the loops over a block are unrolled here.
 *
 * What is loaded in cells must be a multiple of 4: the inner dimension of `plain` and `transposed`, and the columns of all but `transposed`.
 */
export function blockSource({ product, format, rows, columns, blocks, lanes }: BlockKernel): string {
  const cells = columns / 4;
  const single = product === "ragged" || product === "outer";
  const x = operandX(product, rows);
  const weight = operandWeight(product === "transposed", columns, single ? 1 : 4);
  return `
struct Shape {
  rows: u32,
  steps: u32, // of the loop over the inner dimension
  columns: u32,
  accumulate: u32,
  biased: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<${single ? "f32" : "vec4f"}>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
${WEIGHTS[format]}
const BLOCKS = ${blocks}u;
const LANES = ${lanes}u;
const CELLS = ${cells}u; // of a row of a block
const SUMS = ${rows * cells}u; // of a block

// Row and column where a block begins.
fn origin(block: u32) -> vec2u {
  let across = (shape.columns + ${columns - 1}) / ${columns};
  return vec2u(block / across * ${rows}, block % across * ${columns});
}

fn store(block: u32, i: u32, sum: vec4f) {
  let row = origin(block).x + i / CELLS;
  let first = origin(block).y + i % CELLS * 4;
  if (row >= shape.rows) {
    return;
  }
  for (var column = first; column < min(first + 4, shape.columns); column++) {
    let place = row * shape.columns + column;
    var number = scaled(sum[column - first], column);
    if (shape.biased != 0) {
      number += bias[column];
    }
    if (shape.accumulate != 0) {
      number += out[place];
    }
    out[place] = number;
  }
}

fn sums_of(block: u32, lane: u32) -> array<vec4f, SUMS> {
  let row = origin(block).x;
  let column = origin(block).y;
  ${x.places}
  ${weight.places}
  ${each(rows * cells, (i) => `var sum${i} = vec4f();`)}
  for (var k = lane; k < shape.steps; k += LANES) {
    ${x.loads}
    ${weight.loads}
    ${each(rows * cells, (i) => `sum${i} += ${summand(product, cells, Math.floor(i / cells), i % cells)};`)}
  }
  return array<vec4f, SUMS>(${each(rows * cells, (i) => `sum${i}`, ", ")});
}
${lanes === 1 ? ALONE : SHARED[product]}`;
}

/** A thread for each block. */
const ALONE = `
@compute @workgroup_size(BLOCKS)
fn main(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let block = index_of(at) * BLOCKS + thread;
  if (origin(block).x >= shape.rows) {
    return;
  }
  var sums = sums_of(block, 0);
  for (var i = 0u; i < SUMS; i++) {
    store(block, i, sums[i]);
  }
}
`;

/** Several threads for each block: neighbours take what are neighbours in memory. */
function shared(thread: string, block: string, lane: string): string {
  return `
var<workgroup> parts: array<array<vec4f, SUMS>, BLOCKS * LANES>;

@compute @workgroup_size(BLOCKS * LANES)
fn main(at: Workgroup, @builtin(local_invocation_index) thread: u32) {
  let first = index_of(at) * BLOCKS;
  parts[thread] = sums_of(first + ${block}, ${lane});
  workgroupBarrier();
  // One thread adds up one cell of one block.
  if (thread >= BLOCKS * SUMS) {
    return;
  }
  let block = thread % BLOCKS;
  let i = thread / BLOCKS;
  var sum = vec4f();
  for (var lane = 0u; lane < LANES; lane++) {
    sum += parts[${thread}][i];
  }
  store(first + block, i, sum);
}
`;
}

const BY_COLUMN = shared("lane * BLOCKS + block", "thread % BLOCKS", "thread / BLOCKS");
const BY_INNER = shared("block * LANES + lane", "thread / LANES", "thread % LANES");
const SHARED = { plain: BY_COLUMN, ragged: BY_COLUMN, outer: BY_COLUMN, transposed: BY_INNER };
