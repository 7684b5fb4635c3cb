/** Everything that can go wrong in the engine has a name, and a sentence for the reader. */
export type EngineErrorCode =
  | "bad-input"
  | "network"
  | "not-found"
  | "truncated"
  | "hash-mismatch"
  | "bad-file"
  | "unsupported-model"
  | "out-of-memory"
  | "no-webgpu"
  | "device-lost"
  | "cancelled"
  | "internal";

/** What the reader is told, by code; `detail` (a file name, a number) follows in brackets where there is one. */
const SENTENCES: Record<EngineErrorCode, string> = {
  "bad-input": "输入不能用",
  network: "下载中断：网络没有响应。已下载的部分会保留，重试即可继续",
  "not-found": "找不到模型文件",
  truncated: "模型文件不完整，没有使用它。请重试",
  "hash-mismatch": "模型文件的校验和不对，没有使用它：文件可能损坏或被改动过",
  "bad-file": "模型文件的内容不符合格式",
  "unsupported-model": "引擎还不认识这种模型结构",
  "out-of-memory": "内存不够，放不下这个模型。请关掉别的标签页后重试",
  "no-webgpu": "网址要求用 WebGPU，但用不了",
  "device-lost": "显卡设备中断了",
  cancelled: "已取消",
  internal: "引擎内部出错，请把这条信息报告给我们",
};

export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;
  readonly detail: string;

  constructor(code: EngineErrorCode, detail = "", options?: ErrorOptions) {
    super(detail ? `${SENTENCES[code]}（${detail}）` : SENTENCES[code], options);
    this.code = code;
    this.detail = detail;
  }
}

/** Any thrown value as an EngineError; what was not ours is `internal`, with its message kept. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError("internal", error instanceof Error ? error.message : String(error), { cause: error });
}
