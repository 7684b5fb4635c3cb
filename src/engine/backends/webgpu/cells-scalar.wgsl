alias Cell = f32;
const CELL_WIDTH = 1u;

fn dot_cells(a: Cell, b: Cell) -> f32 {
  return a * b;
}
