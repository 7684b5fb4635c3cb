import type { Column } from "../../../figures/data-table.ts";
import { choice, flag, integer, number, type StateOf } from "../../../kit/state/fields.ts";
import { formatCount, formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { countOf, PRESETS } from "./presets.ts";
import type { Counted } from "./shipped.ts";
import { costsOf, type Group, type ModelShape, type Piece } from "./sizes.ts";

/** With what the demo opens. */
const FIRST = PRESETS.find(({ name }) => name === "GPT-3 175B")!;

/** What the reader can set: the shape of a model, and how its numbers are stored. */
export const fields = {
  kind: choice({
    initial: FIRST.kind,
    label: "结构",
    options: [
      { value: "gpt", label: "GPT" },
      { value: "bert", label: "BERT" },
    ],
  }),
  layers: integer({ initial: FIRST.layers, min: 1, max: 128, label: "层数" }),
  width: integer({ initial: FIRST.width, min: 16, max: 20_480, scale: "log", label: "宽度" }),
  heads: integer({ initial: FIRST.heads, min: 1, max: 128, label: "注意力头数" }),
  vocabulary: integer({ initial: FIRST.vocabulary, min: 100, max: 262_144, scale: "log", label: "词表" }),
  positions: integer({ initial: FIRST.positions, min: 16, max: 131_072, scale: "log", label: "位置", unit: "个" }),
  factor: number({ initial: FIRST.factor, min: 0.5, max: 8, step: 0.5, label: "MLP 放宽", unit: "倍" }),
  biases: flag({ initial: FIRST.biases, label: "线性层有偏置" }),
  tied: flag({ initial: FIRST.tied, label: "输入输出共用词元嵌入" }),
  format: choice({
    initial: "F16",
    label: "存成",
    options: [
      { value: "F32", label: "F32" },
      { value: "F16", label: "F16" },
      { value: "I8", label: "I8" },
    ],
  }),
};
export type Settings = StateOf<typeof fields>;

export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  tokens: "词元嵌入",
  positions: "位置嵌入",
  attention: "注意力",
  mlp: "MLP",
  norms: "层归一化",
  head: "头",
};

/** A model with a name: of a paper, or ours. */
export interface Known extends ModelShape {
  readonly name: string;
  /** As its paper writes it; of ours what was counted in its file. */
  readonly said: string;
  readonly source: string;
  /** What was counted, exactly; undefined of a paper's, which rounds. */
  readonly counted?: number;
}

/** All models with a name, ours first. */
export function knownModels(shipped: readonly Counted[]): readonly Known[] {
  return [
    ...shipped.map((own) => ({
      ...own,
      said: groupDigits(own.counted),
      source: `${own.name}/model.safetensors，一个张量一个张量地数`,
    })),
    ...PRESETS.map((preset) => ({ ...preset, said: preset.published, source: preset.paper })),
  ];
}

const SHAPE = ["kind", "layers", "width", "heads", "vocabulary", "positions", "factor", "biases", "tied"] as const;

/** The shape alone, such as of a model with a name. */
export function shapeIn(model: ModelShape): ModelShape {
  // Object.fromEntries forgets the keys; they are all of a shape.
  return Object.fromEntries(SHAPE.map((key) => [key, model[key]])) as unknown as ModelShape;
}

/** The name of the model that is set; undefined for one that nobody has named. */
export function nameOf(settings: ModelShape, known: readonly Known[]): string | undefined {
  return known.find((model) => SHAPE.every((key) => model[key] === settings[key]))?.name;
}

/** What cannot be built, as a sentence. */
export function problemOf({ width, heads }: ModelShape): string | undefined {
  if (width % heads === 0) return undefined;
  return `宽度 ${width} 不能被 ${heads} 个头整除，这样的模型建不起来；参数的个数和头数无关，照样算得出。`;
}

const parametersOf = (model: ModelShape): number => costsOf(model, "F32").parameters;

/** By how much the formula is off what is said, as a share. */
export function offBy(model: Known): number {
  return parametersOf(model) / (model.counted ?? countOf(model.said)) - 1;
}

export const knownColumns: readonly Column<Known>[] = [
  { head: "模型", cell: ({ name }) => name },
  { head: "层", cell: ({ layers }) => layers },
  { head: "宽", cell: ({ width }) => width, print: String },
  { head: "论文写的，文件里数的", cell: ({ said }) => said, number: true },
  { head: "公式算的", cell: parametersOf, print: groupDigits },
  { head: "差", cell: offBy, print: formatPercent },
];

/** A tensor's shape in words: `2 × [256, 1024]`. */
export function shapeText({ shape, times }: Piece): string {
  return `${times > 1 ? `${times} × ` : ""}[${shape.join(", ")}]`;
}

export const pieceColumns: readonly Column<Piece>[] = [
  { head: "张量", cell: ({ name }) => name },
  { head: "属于", cell: ({ group }) => GROUP_NAMES[group] },
  { head: "形状", cell: shapeText },
  { head: "参数", cell: ({ parameters }) => parameters, print: formatCount },
  { head: "每个词元的乘法", cell: ({ products }) => products, print: formatCount },
];

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** A size in bytes, up to a whole GPT-3: `350 GB`, `1.4 TB`. */
export function formatSize(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(Number((bytes / 1000 ** power).toPrecision(3)))}\u00a0${UNITS[power]}`;
}

/** A number behind its name. */
export interface Fact {
  readonly name: string;
  readonly text: string;
  readonly note?: string;
}

/** What the model that is set costs, in words. */
export function factsOf(settings: Settings): readonly Fact[] {
  const costs = costsOf(settings, settings.format);
  const { parameters, memory, forward, attending, training, approximation, cache } = costs;
  const context =
    cache === null ? undefined : `读满 ${settings.positions} 个要 ${formatSize(cache * settings.positions)}`;
  return [
    { name: "参数", text: formatCount(parameters), note: groupDigits(parameters) },
    { name: `权重，${settings.format}`, text: formatSize(memory) },
    {
      name: "每个词元，向前",
      text: `${formatCount(forward)}次运算`,
      note: `其中注意力的打分和求和 ${formatPercent(attending / forward)}`,
    },
    {
      name: "每个词元，训练",
      text: `${formatCount(training)}次运算`,
      note: `6N 是 ${formatCount(approximation)}，${formatPercent(approximation / training)}`,
    },
    cache === null
      ? { name: "KV 缓存", text: "没有", note: "每个词元都看两边，不能留着键和值接着写" }
      : { name: "KV 缓存，每个词元", text: formatSize(cache), note: context ?? "" },
  ];
}

/** `124,439,808`. */
export function groupDigits(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** What is said of the demo's state. */
export function tell(settings: Settings, known: readonly Known[]): string {
  const name = nameOf(settings, known) ?? "你的模型";
  return `${name}有 ${formatCount(parametersOf(settings))}个参数，存成 ${settings.format} 要 ${formatSize(costsOf(settings, settings.format).memory)}。`;
}

/** What came of counting in the files of the book's models. */
export function tellCounted(known: readonly Known[]): string {
  const own = known.filter(({ counted }) => counted !== undefined);
  const off = own.filter((model) => offBy(model) !== 0).map(({ name }) => name);
  return off.length > 0
    ? `文件里数的和公式算的不一样：${off.join("、")}。`
    : `${own.length} 个文件数过了，和公式算的一个不差。`;
}
