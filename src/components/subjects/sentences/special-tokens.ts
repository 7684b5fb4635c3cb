/** How the vocabulary of a BERT spells the tokens that stand for no text. */
export const MASK = "[MASK]";
export const CLS = "[CLS]";
export const SEP = "[SEP]";
export const UNK = "[UNK]";
