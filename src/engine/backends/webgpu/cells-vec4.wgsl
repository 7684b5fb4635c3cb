alias Cell = vec4f;

fn dot_cells(a: Cell, b: Cell) -> f32 {
  return dot(a, b);
}
