/** The classifier that this chapter explains. */
export const MODEL = "sentiment-zh";
