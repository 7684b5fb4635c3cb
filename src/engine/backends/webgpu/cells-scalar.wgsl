alias Cell = f32;

fn dot_cells(a: Cell, b: Cell) -> f32 {
  return a * b;
}
