import type { ColorScale } from "./colors.ts";

/** One token of `TokenCards`. */
export interface CardToken {
  readonly text: string;
  /** Its name for the ear, where that is not its text. */
  readonly name?: string;
  /** Tooltip. */
  readonly note?: string;
  /** Drawn as a mark, such as `[CLS]`. */
  readonly special?: boolean;
  /** Stands for something else than what was written, such as a character that the vocabulary lacks. */
  readonly doubtful?: boolean;
  /** Nothing comes of pressing it. */
  readonly fixed?: boolean;
  /** The line above it, as CSS has borders: what kind of token it is, told by colour and by form. */
  readonly edge?: string;
}

/** Numbers of the tokens, as a row of colours below them. */
export interface CardBand {
  readonly name: string;
  /** Undefined where there is none (yet). */
  readonly value: (place: number) => number | undefined;
  readonly scale: ColorScale;
  readonly print: (value: number) => string;
}
