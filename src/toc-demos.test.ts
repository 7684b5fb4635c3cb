import { expect, it } from "vitest";
import { demosIn, named, withDemos } from "./toc-demos.ts";

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
  [
    "demos/x/Walk.svelte",
    'const settings = hashState(\n  "walk",\n  fields);\n<DemoFrame\n  {settings}\n  title="走 {count} 步"',
  ],
  [
    "demos/x/Tree.svelte",
    'const demo = new DrawnDemo("tree", fields, {});\n<DemoFrame {...demo.frame} level={2} title="一棵树">',
  ],
  ["demos/x/exercises/Sum.svelte", '<Exercise name="sum">'],
]);

it("demos are listed below the heading that they follow, and nothing else is", () => {
  const demos = demosIn(body, (path) => sources.get(path));
  expect(demos).toEqual([
    { name: "walk", after: 0 },
    { name: "tree", after: 2 },
  ]);
  const heading = (depth: number, slug: string, children: ReturnType<typeof withDemos> = []) => ({
    depth,
    slug,
    text: slug,
    children,
  });
  const toc = [heading(2, "_top"), heading(2, "一", [heading(3, "一之一")]), heading(2, "二")];
  expect(withDemos(toc, demos)).toEqual([
    heading(2, "_top", [{ depth: 3, slug: "walk-title", text: "{{title of walk}}", children: [] }]),
    heading(2, "一", [
      heading(3, "一之一", [{ depth: 4, slug: "tree-title", text: "{{title of tree}}", children: [] }]),
    ]),
    heading(2, "二"),
  ]);
});

it("an entry says what the demo is called on the page", () => {
  const page =
    '<nav><a href="#walk-title">{{title of walk}}</a></nav><h3 id="walk-title" class="title">走 3 步<!----></h3>';
  expect(named(page)).toContain('<a href="#walk-title">演示：走 3 步</a>');
});
