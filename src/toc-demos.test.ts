import { expect, it } from "vitest";
import { demosIn, withDemos } from "./toc-demos.ts";

const body = `
import Walk from "../../components/demos/x/Walk.svelte";
import Sum from "../../components/demos/x/exercises/Sum.svelte";
import Tree from "../../components/demos/x/Tree.svelte";

<Walk client:visible />

## 一

\`\`\`md
## 不是标题
<Tree client:visible />
\`\`\`

### 一之一

<Tree width={3} client:visible />

## 二

<Sum client:visible />
`;

const sources = new Map([
  ["demos/x/Walk.svelte", '<DemoFrame\n  {...run.frame}\n  name="walk"\n  title="走一步"\n  look="看。"'],
  ["demos/x/Tree.svelte", '<DemoFrame name="tree" level={2} title="一棵树">'],
  ["demos/x/exercises/Sum.svelte", '<Exercise name="sum">'],
]);

it("demos are listed below the heading that they follow, and nothing else is", () => {
  const demos = demosIn(body, (path) => sources.get(path));
  expect(demos).toEqual([
    { name: "walk", title: "走一步", after: 0 },
    { name: "tree", title: "一棵树", after: 2 },
  ]);
  const heading = (depth: number, slug: string, children: ReturnType<typeof withDemos> = []) => ({
    depth,
    slug,
    text: slug,
    children,
  });
  const toc = [heading(2, "_top"), heading(2, "一", [heading(3, "一之一")]), heading(2, "二")];
  expect(withDemos(toc, demos)).toEqual([
    heading(2, "_top", [{ depth: 3, slug: "walk-title", text: "演示：走一步", children: [] }]),
    heading(2, "一", [heading(3, "一之一", [{ depth: 4, slug: "tree-title", text: "演示：一棵树", children: [] }])]),
    heading(2, "二"),
  ]);
});
