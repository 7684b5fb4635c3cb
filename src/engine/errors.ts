/** Everything that can go wrong in the engine has a name, and a sentence for the reader. */
export type EngineErrorCode =
  | "bad-input"
  | "consent-needed"
  | "network"
  | "offline"
  | "cors"
  | "forbidden"
  | "server-error"
  | "not-found"
  | "web-page"
  | "unreadable-file"
  | "truncated"
  | "hash-mismatch"
  | "bad-file"
  | "missing-tensor"
  | "wrong-shape"
  | "not-finite"
  | "unsupported-model"
  | "out-of-memory"
  | "no-webgpu"
  | "old-browser"
  | "device-lost"
  | "diverged"
  | "cancelled"
  | "internal";

/** What the reader is told, by code; `detail` (a file name, a number) follows in brackets where there is one. */
const SENTENCES: Record<EngineErrorCode, string> = {
  "bad-input": "输入不能用",
  "consent-needed": "还没有得到同意，没有下载任何文件",
  network: "下载中断：网络没有响应。已下载的部分会保留，重试即可继续",
  offline: "没有联网，这个模型也还没有下载过。请连上网再试",
  cors: "对方的服务器不允许别的网站读取它的文件。请换一个地址，或下载文件后拖进来",
  forbidden: "服务器拒绝给出文件：模型不存在，或者要先登录、先接受许可",
  "server-error": "服务器出错了。请过一会儿再试",
  "not-found": "找不到模型文件",
  "web-page": "服务器送来的是网页，不是模型文件。请检查地址",
  "unreadable-file": "读不了文件：它可能是文件夹，或者选中以后被移动、修改过",
  truncated: "模型文件不完整，没有使用它。请重试",
  "hash-mismatch": "模型文件的校验和不对，没有使用它：文件可能损坏或被改动过",
  "bad-file": "模型文件的内容不符合格式",
  "missing-tensor": "模型文件里缺少需要的张量",
  "wrong-shape": "张量的形状和 config.json 说的不一样",
  "not-finite": "权重里有不是有限数的值（NaN 或无穷大），没有使用它",
  "unsupported-model": "引擎还不认识这种模型结构",
  "out-of-memory": "内存不够，放不下这个模型。请换一个小些的模型，或关掉别的标签页后重试",
  "no-webgpu": "网址要求用 WebGPU，但用不了。去掉网址里的 ?backend=webgpu，就改用 CPU",
  "old-browser": "浏览器太旧，运行不了引擎。请更新：Safari 17.4、Firefox 125、Chrome 119 起都可以",
  "device-lost": "显卡设备中断了。重新开始就改用 CPU",
  diverged: "训练发散了：算出来的数不再是有限的。把学习率调小，从头再来",
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

/**
 * Code that is imported only when it is needed.
 * @param name of what it does, for the reader
 * @throws EngineError `network` if it does not come
 */
export async function fetched<T>(name: string, code: Promise<T>): Promise<T> {
  try {
    return await code;
  } catch (cause) {
    throw new EngineError("network", name, { cause });
  }
}

/** Any thrown value as an EngineError; what was not ours is `internal`, with its message kept. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError("internal", error instanceof Error ? error.message : String(error), { cause: error });
}
