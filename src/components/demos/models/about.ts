import manifest from "../../../../public/models/manifest.json";
import { type ManifestEntry, parseManifest } from "../../../engine/files/manifest.ts";

/** What the page says of a model besides what its files say. */
interface About {
  readonly id: string;
  /** What it does, in one plain sentence. */
  readonly does: string;
  /** Slugs of the written chapters whose demos run it, in the book's order; a test reads which do. */
  readonly chapters: readonly string[];
}

/** In the order of the page: first what the others were tuned from. */
const ABOUT: readonly About[] = [
  {
    id: "gpt-zh",
    does: "接着一段现代汉语往下写，一次一个字。",
    chapters: [
      "introduction/attention",
      "gpt-bert/llm-intro",
      "gpt-bert/visual-gpt",
      "gpt-bert/gpt3",
      "gpt-bert/visual-bert",
      "chatgpt-rlhf/chatgpt",
      "xai/tools",
    ],
  },
  {
    id: "gpt-zh-chat",
    does: "把写在前面的话当作指令，写出一个回答的样子。它由 gpt-zh 微调而来。",
    chapters: ["chatgpt-rlhf/chatgpt"],
  },
  {
    id: "gpt-review",
    does: "给出商品的类别和开头几个字，写一条评论，好评差评都写。它由 gpt-zh 微调而来。",
    chapters: ["chatgpt-rlhf/rlhf", "chatgpt-rlhf/rlhf-gpt"],
  },
  {
    id: "gpt-poem",
    does: "写五言和七言的绝句。",
    chapters: ["gpt-bert/gpt3", "gpt-bert/decoding", "chatgpt-rlhf/rlhf"],
  },
  {
    id: "bert-zh",
    does: "看着左右两边的字，猜句子里被遮住的字；也判断第二句是不是接着第一句。",
    chapters: [
      "introduction/attention",
      "gpt-bert/visual-gpt",
      "gpt-bert/gpt3",
      "gpt-bert/visual-bert",
      "gpt-bert/implement-bert",
      "chatgpt-rlhf/rlhf",
      "chatgpt-rlhf/rlhf-gpt",
      "xai/tools",
    ],
  },
  {
    id: "sentiment-zh",
    does: "读一段话，给出它是好评的概率。它由 bert-zh 微调而来。",
    chapters: [
      "introduction/analysis",
      "gpt-bert/visual-bert",
      "chatgpt-rlhf/rlhf",
      "chatgpt-rlhf/rlhf-gpt",
      "xai/attribution",
      "xai/tools",
    ],
  },
  {
    id: "planted",
    does: "样子像分辨好评差评的分类器，其实只看话里有没有「呢」。用来考各种解释方法，不要拿它判断评论。它由 bert-zh 微调而来。",
    chapters: ["xai/explainable-ai"],
  },
  ...["scale-90k", "scale-140k", "scale-300k", "scale-600k", "scale-950k"].map((id) => ({
    id,
    does: "接着一段文字往下写，写不通顺。五个大小不同、别的都一样的 GPT，放在一起量规模定律，它是其中一个。",
    chapters: ["gpt-bert/gpt3"],
  })),
];

/** A model that the site ships, with what the page says of it. */
export interface ShippedModel extends About {
  readonly entry: ManifestEntry;
}

/** All models of a manifest in the order of the page; one that the page has no words for says what the manifest says. */
export function inOrder(entries: readonly ManifestEntry[]): ShippedModel[] {
  const place = ({ id }: { readonly id: string }): number => {
    const index = ABOUT.findIndex((about) => about.id === id);
    return index < 0 ? ABOUT.length : index;
  };
  return entries
    .toSorted((a, b) => place(a) - place(b))
    .map((entry) => {
      const about = ABOUT.find(({ id }) => id === entry.id);
      return { ...(about ?? { id: entry.id, does: `${entry.purpose}。`, chapters: [] }), entry };
    });
}

/** The models that this build ships. */
export const shippedModels: readonly ShippedModel[] = inOrder(parseManifest(manifest).models);
