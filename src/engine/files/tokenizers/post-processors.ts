import { EngineError } from "../../errors.ts";
import type { JsonObject } from "../json.ts";
import { refuse } from "./refuse.ts";
import type { ModelToken } from "./token.ts";

/** A token of a text or around it, and to which of two texts it belongs: 0 or 1. */
export interface PlacedToken extends ModelToken {
  readonly segment: number;
}

/** Puts special tokens around a text, or around two. @throws EngineError `bad-input` for two where the tokenizer takes one */
export type PostProcessor = (first: readonly ModelToken[], second: readonly ModelToken[] | null) => PlacedToken[];

/**
 * A `post_processor` of tokenizer.json.
 * @throws EngineError `unsupported-model` for a kind unknown here, `bad-file` for a wrong field
 */
export function readPostProcessor(json: JsonObject): PostProcessor {
  const kind = json.string("type");
  switch (kind) {
    // It moves only where in the text a token begins and ends.
    case "ByteLevel":
      return besideEachOther;
    case "BertProcessing": {
      const [cls, sep] = [mark(json, "cls"), mark(json, "sep")];
      return (first, second) => [...placed([cls, ...first, sep], 0), ...(second ? placed([...second, sep], 1) : [])];
    }
    case "RobertaProcessing": {
      const [cls, sep] = [mark(json, "cls"), mark(json, "sep")];
      return (first, second) => placed([cls, ...first, sep, ...(second ? [sep, ...second, sep] : [])], 0);
    }
    case "TemplateProcessing":
      return template(json);
    case "Sequence": {
      const all = json.objects("processors").map((own) => ({ kind: own.string("type"), run: readPostProcessor(own) }));
      const adding = all.filter((own) => own.kind !== "ByteLevel");
      if (adding.length > 1) refuse("post_processor", `Sequence：${adding.map((own) => own.kind).join("、")}`);
      return adding[0]?.run ?? besideEachOther;
    }
    default:
      return refuse("post_processor", kind);
  }
}

/** What a tokenizer without a post-processor does. */
export const besideEachOther: PostProcessor = (first, second) => [...placed(first, 0), ...placed(second ?? [], 1)];

function placed(tokens: readonly ModelToken[], segment: number): PlacedToken[] {
  return tokens.map((token) => ({ ...token, segment }));
}

/** `["[CLS]", 101]` */
function mark(json: JsonObject, key: string): ModelToken {
  const value = json.value(key);
  const [text, id] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof text === "string" && typeof id === "number"
    ? { id, text, unknown: false }
    : json.fail(key, "应是词元和编号");
}

/** `[CLS] $A [SEP] $B:1 [SEP]:1`, taken apart. */
function template(json: JsonObject): PostProcessor {
  const special = json.object("special_tokens");
  const marks = new Map(
    special.keys().map((key) => {
      const own = special.object(key);
      const texts = own.strings("tokens");
      return [key, own.integers("ids").map((id, i) => ({ id, text: texts[i] ?? key, unknown: false }))] as const;
    }),
  );
  const read = (key: string) => json.objects(key).map((piece) => readPiece(piece, marks));
  const [single, pair] = [read("single"), json.has("pair") ? read("pair") : []];
  return (first, second) => {
    if (second && pair.length === 0) throw new EngineError("bad-input", "这个模型的分词器一次只读一段文本");
    return (second ? pair : single).flatMap(({ content, segment }) => {
      return placed(content === "A" ? first : content === "B" ? (second ?? []) : content, segment);
    });
  };
}

interface TemplatePiece {
  /** One of the texts, or special tokens. */
  readonly content: "A" | "B" | readonly ModelToken[];
  readonly segment: number;
}

function readPiece(json: JsonObject, marks: ReadonlyMap<string, readonly ModelToken[]>): TemplatePiece {
  const [kind = ""] = json.keys();
  if (kind !== "Sequence" && kind !== "SpecialToken") refuse("post_processor", `TemplateProcessing：${kind}`);
  const fields = json.object(kind);
  const [id, segment] = [fields.string("id"), fields.integer("type_id", 0)];
  if (kind === "SpecialToken") {
    return { content: marks.get(id) ?? fields.fail("id", "不在 special_tokens 里"), segment };
  }
  return { content: id === "A" || id === "B" ? id : fields.fail("id", "应是 A 或 B"), segment };
}
