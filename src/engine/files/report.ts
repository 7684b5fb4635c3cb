/** How Transformers.js is to open a model that our engine does not know. */
export interface PipelinePlan {
  /** Name of the pipeline, such as `translation`. */
  readonly task: string;
  /** Which of the folder's ONNX files: 8-bit weights, or the full ones. */
  readonly dtype: "q8" | "fp32";
}

/** What can be said of a model before its weights are fetched: enough to decide whether to fetch them. */
export interface ModelReport {
  /** What the reader calls the model. */
  readonly title: string;
  /** `model_type` of its config.json. */
  readonly architecture: string;
  /** Null where our engine runs it; otherwise what Transformers.js is to do with it. */
  readonly pipeline: PipelinePlan | null;
  /** What loading reads, with sizes in bytes. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Size of those files together. */
  readonly bytes: number;
  /** Number of trained numbers; null where only running the model would tell. */
  readonly parameters: number | null;
  /** Element types of the weights, such as F16. */
  readonly dtypes: readonly string[];
  /** Bytes that the weights take while the model is in use; of a pipeline, and of a shipped model that is not loaded yet, the least. */
  readonly memoryBytes: number;
  /** Bytes of the largest weight in use; backends limit these, too. 0 where `memoryBytes` is only the least. */
  readonly largestBytes: number;
  /** Longest sequence, in tokens; null where the engine does not know. */
  readonly contextLength: number | null;
}
