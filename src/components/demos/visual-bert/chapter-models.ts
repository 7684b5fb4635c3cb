/** The models of this chapter, by their ids in the manifest. */
export const BERT = "bert-zh";
export const GPT = "gpt-zh";
/** bert-zh, fine-tuned on reviews. */
export const CLASSIFIER = "sentiment-zh";
