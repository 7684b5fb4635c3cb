alias Cell = vec4f;
const CELL_WIDTH = 4u;

fn dot_cells(a: Cell, b: Cell) -> f32 {
  return dot(a, b);
}
