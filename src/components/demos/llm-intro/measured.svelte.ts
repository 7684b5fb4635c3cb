/** What the demo of this page has measured last; the exercise below it is judged by it. */
class Measured {
  /** Floating-point operations in a second. */
  speed: number | undefined = $state();
}

export const measured = new Measured();
