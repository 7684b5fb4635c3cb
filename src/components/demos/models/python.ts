import type { ModelKind } from "./kind.ts";

/** A program of Python that opens a model's folder with transformers and uses it once. */
export interface PythonProgram {
  /** What it shows. */
  readonly title: string;
  readonly code: string;
}

/** @param prompt what the model is given, in its format */
export function pythonProgram(kind: ModelKind, id: string, prompt: string): PythonProgram {
  const { title, autoClass, use } = USES[kind];
  const folder = JSON.stringify(`public/models/${id}`);
  const lines = [
    `from transformers import ${autoClass}, AutoTokenizer`,
    "",
    `tokenizer = AutoTokenizer.from_pretrained(${folder})`,
    `model = ${autoClass}.from_pretrained(${folder})`,
    `batch = tokenizer(${JSON.stringify(prompt)}, return_tensors="pt")`,
    ...use,
  ];
  return { title, code: lines.join("\n") };
}

const USES: Readonly<Record<ModelKind, { title: string; autoClass: string; use: readonly string[] }>> = {
  write: {
    title: "GPT：接着写",
    autoClass: "AutoModelForCausalLM",
    use: ["print(tokenizer.decode(model.generate(**batch, max_new_tokens=40)[0]))"],
  },
  fill: {
    title: "BERT：填空",
    autoClass: "AutoModelForPreTraining",
    use: [
      "gap = batch.input_ids == tokenizer.mask_token_id",
      "print(tokenizer.decode(model(**batch).prediction_logits[gap][0].topk(5).indices))",
    ],
  },
  classify: {
    title: "分类器：每一类的概率",
    autoClass: "AutoModelForSequenceClassification",
    use: ["print(model.config.id2label, model(**batch).logits.softmax(-1))"],
  },
};
