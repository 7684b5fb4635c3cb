/** Tokens that stand for parts of a format (training/gptzh/text.py): in a text of the reader's they would end it. */
const MARK = /\[(?:END|UNK|问|答|评|文)\]/u;

/** The first mark of a format in a text that the reader gives; `undefined` where there is none. */
export function formatMark(text: string): string | undefined {
  return MARK.exec(text)?.[0];
}

/** What is wrong with such a text, as a sentence; `undefined` when it can be used. An empty one can. */
export function textProblem(text: string): string | undefined {
  const mark = formatMark(text);
  return mark && `「${mark}」是格式的记号，不能写在文字里。`;
}

/** The same of a text that has to be there. */
export function writtenProblem(text: string): string | undefined {
  return text.trim() === "" ? "先写几个字。" : textProblem(text);
}
