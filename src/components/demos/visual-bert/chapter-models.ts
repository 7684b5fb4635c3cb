/** The models of this chapter, by their ids in the manifest. */
export const BERT = "bert-zh";
export const GPT = "gpt-zh";
/** bert-zh, fine-tuned on reviews. */
export const CLASSIFIER = "sentiment-zh";

/** How the vocabulary of a BERT spells the tokens that stand for no text. */
export const MASK = "[MASK]";
export const CLS = "[CLS]";
export const SEP = "[SEP]";
export const UNK = "[UNK]";
