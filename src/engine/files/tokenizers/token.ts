/** A token as a model finds it in a text. */
export interface ModelToken {
  readonly id: number;
  /** The piece of the text that it stands for, as the model saw it. */
  readonly text: string;
  /** Whether the vocabulary does not have that piece. */
  readonly unknown: boolean;
}

/** Cuts a piece of a text, which is not empty, into tokens. @throws EngineError `bad-input` for what the vocabulary has no token for */
export type Cut = (text: string) => readonly ModelToken[];

export interface Model {
  /** Ids by the tokens' spelling, without what was added to them. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** The spelling of each id; some may stand for nothing. */
  readonly spelling: readonly (string | undefined)[];
  readonly cut: Cut;
}
