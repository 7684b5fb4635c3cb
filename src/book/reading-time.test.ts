import { expect, it } from "vitest";
import { minutesOf, readableText } from "./reading-time.ts";

const page = `---
title: 温度
---

import Demo from "./Demo.svelte";

<p class="lead">先看**一步**。</p>

## 9.6.4 采样

看[上一页](/a/b/#c?c.d=1)，设 $x_t$ 是一个词元：

$$
x_t\\sim P
$$

<Demo name="a" client:visible />

\`\`\`python
import torch
\`\`\`

| 任务 | 办法 |
|---|---|
| 写诗 | 采样 |

<Sources>

- 某人 (2019).

</Sources>
`;

it("reads what is to be read, and nothing else", () => {
  expect(readableText(page)).toBe("先看一步。9.6.4采样看上一页，设是一个词元：任务办法写诗采样");
});

it("takes a minute for three hundred characters, and at least one", () => {
  expect(minutesOf("")).toBe(1);
  expect(minutesOf("字".repeat(900))).toBe(3);
});
