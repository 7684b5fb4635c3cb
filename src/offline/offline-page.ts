import type { KeptPage } from "./kept.ts";

/**
 * What is shown in the place of a page that nobody has read here before, while there is no network: an HTML document.
 * @param pages those that can be read; their titles are HTML
 */
export function offlinePage(pages: readonly KeptPage[]): string {
  const items = pages.map(({ address, title }) => {
    return `<li><a href="${address.replaceAll('"', "%22")}">${title.replace(/ \| 看见大模型$/, "")}</a></li>`;
  });
  const others =
    items.length === 0
      ? ""
      : `<p>看过的页存在这台机器上，现在就能看：</p>
<ul>
${items.join("\n")}
</ul>`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>没有联网 | 看见大模型</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 36em; margin: 4rem auto; padding-inline: 1.25rem; font: 1.0625rem/1.8 system-ui, sans-serif; }
li { padding-block: 0.25rem; }
</style>
</head>
<body>
<main>
<h1>这一页还没有看过</h1>
<p>现在没有联网，这一页也没有在这个浏览器里打开过，所以看不了。联上网以后刷新就行。</p>
${others}
</main>
</body>
</html>
`;
}
