import { chapterHref, chapterLabel, findChapter } from "../../../../book.ts";

/** What of 10.6 runs in the diagram itself: its reward model, or its PPO. */
export type Runnable = "reward" | "loop";

/**
 * One box of the workflow. What it stands for is a demo of this chapter or of 10.5, another chapter, or both; a chapter that is not written yet is named
 * as such, and the box comes alive by itself on the day the chapter is there.
 */
export interface Part {
  readonly id: string;
  readonly title: string;
  /** What happens there, in one or two sentences. */
  readonly text: string;
  /** A demo of this chapter or of 10.5, by its name. */
  readonly demo?: string;
  /** A chapter, by its slug. */
  readonly chapter?: string;
  /** What runs behind it; without, it only leads somewhere. */
  readonly run?: Runnable;
}

/** One of the three steps (Ouyang et al. 2022, figure 2). */
export interface Stage {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly Part[];
  /** The last part leads back to the first. */
  readonly loop?: boolean;
}

export const STAGES: readonly Stage[] = [
  {
    id: "sft",
    title: "第一步：照着示范学",
    parts: [
      {
        id: "base",
        title: "预训练的模型",
        text: "读过许多文字，会接着写。问它问题，它未必回答：它只是接着写。",
        chapter: "gpt-bert/decoding",
      },
      {
        id: "demonstrations",
        title: "人写的示范",
        text: "标注员写下提示和好的回答。InstructGPT 用了约一万三千个提示。",
        chapter: "chatgpt-rlhf/chatgpt",
      },
      {
        id: "fine-tuning",
        title: "监督微调（SFT）",
        text: "在示范上接着训练，损失还是下一个词元的交叉熵。得到的模型既是后两步的起点，也是后面 KL 的参照。",
        chapter: "chatgpt-rlhf/chatgpt",
      },
    ],
  },
  {
    id: "reward",
    title: "第二步：从比较里学奖励",
    parts: [
      {
        id: "samples",
        title: "同一提示，几个回答",
        text: "微调过的模型对同一个提示抽几个回答。InstructGPT 抽 4 到 9 个。",
        chapter: "gpt-bert/decoding",
        run: "reward",
      },
      {
        id: "comparisons",
        title: "人来比较",
        text: "标注员把回答从好到差排好；K 个回答的一个排序是 K(K−1)/2 对比较。",
        demo: "pairs",
        chapter: "chatgpt-rlhf/rlhf-gpt",
        run: "reward",
      },
      {
        id: "reward-model",
        title: "奖励模型",
        text: "给每个回答一个分数，使人选的那个分数高：−ln σ(r 好 − r 差) 越小越好。",
        demo: "pairs",
        chapter: "chatgpt-rlhf/rlhf-gpt",
        run: "reward",
      },
    ],
  },
  {
    id: "rl",
    title: "第三步：照着奖励练",
    loop: true,
    parts: [
      {
        id: "rollout",
        title: "策略写回答",
        text: "要训练的模型（策略）对一批提示各写一个回答，每个词元是一个动作。",
        chapter: "chatgpt-rlhf/rlhf-gpt",
        run: "loop",
      },
      {
        id: "penalty",
        title: "奖励减 β·KL",
        text: "奖励模型给整个回答一个分；每个词元再按它离参照模型多远扣分。",
        demo: "leash",
        chapter: "chatgpt-rlhf/rlhf-gpt",
        run: "loop",
      },
      {
        id: "advantages",
        title: "优势（GAE）",
        text: "一个分要分到每个词元头上：哪一个词元比料想的好。",
        demo: "gae",
        chapter: "chatgpt-rlhf/rlhf-gpt",
        run: "loop",
      },
      {
        id: "update",
        title: "PPO 更新",
        text: "好的词元更可能，坏的更少见，但是比值超出 1 ± ε 就不再推。然后扔掉这批回答，再写一批。",
        demo: "clip",
        chapter: "chatgpt-rlhf/ppo-cartpole",
        run: "loop",
      },
    ],
  },
];

export const PARTS: readonly Part[] = STAGES.flatMap(({ parts }) => parts);

const CHAPTERS = ["chatgpt-rlhf/rlhf", "chatgpt-rlhf/ppo-cartpole"].map((slug) => findChapter(slug)!.chapter);

/** Where a demo of 10.2 or 10.5 is, and its title, as the book has them. */
function findDemo(name: string): { readonly slug: string; readonly title: string } | undefined {
  return CHAPTERS.flatMap(({ slug, openingDemos = [], sections = [] }) => [
    ...openingDemos.map((demo) => ({ slug, ...demo })),
    ...sections.flatMap((section) => section.demos.map((demo) => ({ slug: section.slug, ...demo }))),
  ]).find((demo) => demo.name === name);
}

/** A place where a part can be seen, and in which words. */
export interface Lead {
  readonly label: string;
  /** From the site's root. */
  readonly href: string;
  /** Whether something runs there today. */
  readonly live: boolean;
}

/** Where a part can be seen, its demo first. @throws RangeError for a demo or chapter that there is not: a mistake in the table above */
export function leadsOf({ id, demo, chapter }: Part): Lead[] {
  const leads: Lead[] = [];
  if (demo !== undefined) {
    const found = findDemo(demo);
    if (!found) throw new RangeError(`${id}: no demo ${demo}`);
    leads.push({ label: `「${found.title}」`, href: `/${found.slug}/#${demo}`, live: true });
  }
  if (chapter !== undefined) {
    const found = findChapter(chapter)?.chapter;
    if (!found) throw new RangeError(`${id}: no chapter ${chapter}`);
    const live = found.status === "ready";
    leads.push({ label: `${chapterLabel(found)}${live ? "" : "（还没有写）"}`, href: chapterHref(found), live });
  }
  return leads;
}

/** Whether a part runs somewhere today. */
export function isLive(part: Part): boolean {
  return leadsOf(part).some(({ live }) => live);
}
