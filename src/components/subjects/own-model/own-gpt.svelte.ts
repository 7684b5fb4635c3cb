import { EngineError, toEngineError } from "../../../engine/errors.ts";
import type { Progress } from "../../../engine/files/download.ts";
import type { ModelReport } from "../../../engine/files/report.ts";
import type { ModelSource } from "../../../engine/files/source.ts";
import type { ModelInfo } from "../../../engine/worker.ts";
import type { ModelLabel } from "../../kit/frame/types.ts";
import type { StandIn } from "../../kit/run/demo-run.svelte.ts";
import { DemoTask, type TaskContext } from "../../kit/run/demo-task.svelte.ts";
import { getEngine } from "../../kit/run/engine.ts";
import { behindMark } from "./behind-mark.ts";
import { readableVocabulary } from "./readable.ts";
import { dropModel, keepModel, keptModel } from "./store.ts";

/** How the browser is doing with keeping it for other pages. */
type Keeping = "kept" | "refused";

/**
 * A GPT-2 of the reader's own, one for the page, that demos may run in the place of the site's: looked at, agreed to, loaded, and kept for the other pages
 * of the chapter. Nothing of it leaves the reader's machine.
 */
class OwnGpt extends DemoTask implements StandIn {
  /** What was found out about it; undefined until the reader has looked. */
  report: ModelReport | undefined = $state.raw();
  /** Whether the reader has agreed to it, here or on another page. */
  agreed = $state(false);
  model: ModelInfo | undefined = $state.raw();
  /** Whether a mark stands before every text that it reads; undefined until it is loaded. */
  marked: boolean | undefined = $state();
  keeping: Keeping | undefined = $state();
  #source: ModelSource | undefined;
  #loading: Promise<ModelInfo> | undefined;
  #asked = false;

  /** How a demo's frame names it. */
  get label(): ModelLabel {
    const { report } = this;
    if (!report || !this.agreed) return { id: "own", title: "自己的模型", bytes: 0, note: "还没有打开" };
    return { id: "own", title: `自己的模型 ${report.title}`, bytes: report.bytes, note: "运行时读取" };
  }

  /** Looks whether one was opened on another page. Once is enough. */
  async recall(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    // Where nothing can be kept, nothing was.
    const kept = await keptModel().catch(() => undefined);
    if (!kept || this.report) return;
    this.#source = kept.source;
    this.report = kept.report;
    this.agreed = true;
    this.keeping = "kept";
  }

  /** Looks at some files. @throws nothing: what is wrong with them is the task's error */
  inspect(files: readonly File[]): Promise<void> {
    return this.work("running", async ({ engine, signal }) => {
      this.report = undefined;
      const source = { files: [...files] };
      const report = await engine.inspect(source, { signal });
      refuseOthers(report);
      [this.#source, this.report] = [source, report];
    });
  }

  /** The reader agrees to the size on the screen. */
  agree(): Promise<void> {
    return this.work("loading", async ({ onProgress }) => {
      const [source, report] = [this.#source, this.report];
      if (!source || !report) return;
      await this.#open(onProgress);
      this.agreed = true;
      this.keeping = await keepModel({ source, report }).then(
        () => "kept" as const,
        () => "refused" as const,
      );
    });
  }

  /** For a demo's run. @throws EngineError `bad-input` where none was agreed to; as `EngineClient.load` */
  async load({ engine, onProgress }: TaskContext): Promise<ModelInfo> {
    if (!this.agreed) throw new EngineError("bad-input", "还没有打开自己的模型：展开「换一个模型」，选它的文件");
    const { model } = this;
    if (model) {
      try {
        await engine.encode(model.id, "");
        return model;
      } catch (error) {
        // The worker that had it may have died.
        if (toEngineError(error).code !== "not-found") throw error;
      }
    }
    return this.#open(onProgress);
  }

  /** As before anything was chosen; its memory and what was kept are free again. */
  async forget(): Promise<void> {
    const { model } = this;
    this.cancel();
    // First of all: who leaves the page as soon as it looks closed does not find it on the next one.
    await dropModel().catch(() => undefined);
    this.error = undefined;
    this.report = undefined;
    this.agreed = false;
    this.model = undefined;
    this.marked = undefined;
    this.keeping = undefined;
    this.#source = undefined;
    this.#loading = undefined;
    if (model) await getEngine().unload(model.id);
  }

  /** Loads it, or joins its loading: two demos may ask at once. It is the page's, so no run that is given up ends it. */
  #open(onProgress: (progress: Progress) => void): Promise<ModelInfo> {
    this.#loading ??= this.#read(onProgress).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #read(onProgress: (progress: Progress) => void): Promise<ModelInfo> {
    const [source, report] = [this.#source, this.report];
    if (!source || !report) throw new EngineError("not-found");
    const loaded = await getEngine().load(source, { agreedBytes: report.bytes, onProgress });
    if (loaded.kind !== "checkpoint") throw new EngineError("unsupported-model", report.architecture);
    const model = { ...loaded, vocabulary: await readableVocabulary(loaded) };
    const { front } = behindMark(await getEngine().encode(model.id, ANY_TEXT), model);
    // Closed meanwhile: nobody will ask for it.
    if (source === this.#source) [this.model, this.marked] = [model, front > 0];
    else await getEngine().unload(loaded.id);
    return model;
  }
}

/** Something that any tokenizer makes a token of: what it puts in front does not depend on the text. */
const ANY_TEXT = "a，一";

/** @throws EngineError `unsupported-model`, by name, for what is no GPT-2; `not-found` for one without weights that the engine reads */
function refuseOthers({ architecture, pipeline }: ModelReport): void {
  if (architecture === "gpt2" && !pipeline) return;
  if (architecture === "gpt2") throw new EngineError("not-found", "这里的演示要 model.safetensors，不用 ONNX 文件");
  throw new EngineError("unsupported-model", `这是 ${architecture}，这里的演示要 GPT-2`);
}

export const ownGpt = new OwnGpt("page");
