import { expect, it } from "vitest";
import { renderCard } from "./card.ts";

const CARD = `---
license: mit
---

# gpt-x：一个模型

| | |
|---|---|
| 结构 | GPT-2 |

## 数据

**注意力（attention）**是"什么"，
换行。English
words.

| | 全部 |
|---|--:|
| 训练 | 3 |

### 细节
`;

it("leaves out the front matter and the title, which the page has", async () => {
  const html = await renderCard(CARD, "gpt-x");
  expect(html).not.toContain("license");
  expect(html).not.toContain("一个模型");
});

it("puts the headings below the page's own, with ids that are the model's", async () => {
  const html = await renderCard(CARD, "gpt-x");
  expect([...html.matchAll(/<h(\d) id="([^"]*)">([^<]*)/g)].map(([, ...rest]) => rest)).toEqual([
    ["4", "gpt-x-card-1", "数据"],
    ["5", "gpt-x-card-2", "细节"],
  ]);
});

it("makes tables scrollable by keyboard, and no head of an empty cell", async () => {
  const html = await renderCard(CARD, "gpt-x");
  expect(html.match(/<div class="wide" tabindex="0" role="group" aria-label="表格"><table>/g)).toHaveLength(2);
  expect(html.match(/<thead>/g)).toHaveLength(1);
  expect(html).not.toMatch(/<th[^>]*><\/th>/);
  expect(html).toContain("GPT-2");
});

it("keeps the text as it was written", async () => {
  const html = await renderCard(CARD, "gpt-x");
  expect(html).toContain('<strong>注意力（attention）</strong>是"什么"，换行。English\nwords.');
});
