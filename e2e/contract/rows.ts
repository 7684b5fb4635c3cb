import { analysisRows } from "./analysis.ts";
import { attentionRows } from "./attention.ts";
import { attributionRows } from "./attribution.ts";
import { cartPoleRows } from "./cart-pole.ts";
import { chatgptRows } from "./chatgpt.ts";
import { decodingRows } from "./decoding.ts";
import { encoderDecoderRows } from "./encoder-decoder.ts";
import { explainableAiRows } from "./explainable-ai.ts";
import { gpt3Rows } from "./gpt3.ts";
import { implementBertRows } from "./implement-bert.ts";
import { llmIntroRows } from "./llm-intro.ts";
import { pageRows } from "./pages.ts";
import { rlhfRows } from "./rlhf.ts";
import { rlhfGptRows } from "./rlhf-gpt.ts";
import type { Row } from "./row.ts";
import { toolsRows } from "./tools.ts";
import { trainingRows } from "./training.ts";
import { visualBertRows } from "./visual-bert.ts";
import { visualGptRows } from "./visual-gpt.ts";

/** Every demo of the site, page by page. */
export const rows: readonly Row[] = [
  ...pageRows,
  ...encoderDecoderRows,
  ...attentionRows,
  ...trainingRows,
  ...analysisRows,
  ...llmIntroRows,
  ...visualGptRows,
  ...gpt3Rows,
  ...visualBertRows,
  ...implementBertRows,
  ...decodingRows,
  ...chatgptRows,
  ...rlhfRows,
  ...cartPoleRows,
  ...rlhfGptRows,
  ...explainableAiRows,
  ...attributionRows,
  ...toolsRows,
];
