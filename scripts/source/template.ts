import { posix } from "node:path";
import type { Implementation } from "./kernels.ts";
import type { Place } from "./program.ts";
import type { ModelTraces } from "./traces.ts";

/** Gives the address of a place, of a page by its path, and of the list of pages by the empty path. */
export type HrefOf = (place: Place | string) => string;

/** What the page of a file shows. */
export interface FilePage {
  readonly path: string;
  /** HTML of each line. */
  readonly lines: readonly string[];
  /** By line, counted from 1: what the backends do for the operation that is called there. */
  readonly operations: ReadonlyMap<number, readonly Implementation[]>;
  /** The lines that show traces, by the traces' names. */
  readonly traces: ReadonlyMap<string, number>;
}

/** The page of a file: its lines with their numbers, and behind those that call an operation of a backend its kernels. */
export function filePage({ path, lines, operations, traces }: FilePage, hrefOf: HrefOf): string {
  const names = Map.groupBy(traces, ([, line]) => line);
  const rows = lines.map((line, i) => {
    const number = i + 1;
    const anchors = (names.get(number) ?? []).map(([name]) => `<b id="${name}"></b>`).join("");
    const kernels = kernelsHtml(operations.get(number) ?? [], hrefOf);
    const aside = kernels && `<span>${kernels}</span>`;
    return `<div id="L${number}"><a href="#L${number}">${number}</a><code>${anchors}${line}</code>${aside}</div>`;
  });
  const about = operations.size > 0 ? "行下的小字是这一步在两种后端上会用到的内核。" : "";
  const main = `<p>点一个名字，到它的定义。${about}</p>
<div class="code" lang="en">
${rows.join("\n")}
</div>`;
  return page(path, main, hrefOf);
}

function kernelsHtml(runs: readonly Implementation[], hrefOf: HrefOf): string {
  return [...Map.groupBy(runs, ({ backend }) => backend)]
    .map(([backend, own]) => {
      const places = [...new Map(own.flatMap(({ kernels }) => kernels.map((place) => [hrefOf(place), place])))];
      const links = places.map(([href, { path, anchor }]) => {
        const isTwice = places.filter(([, other]) => other.path === path).length > 1;
        return `<a href="${href}">${posix.basename(path)}${isTwice ? `#${anchor}` : ""}</a>`;
      });
      return `<a href="${hrefOf(own[0]!.method)}">${backend}</a> → ${links.join(" ")}`;
    })
    .join(" · ");
}

/** The list of all files, by folder, and of all that a trace can show, by model. */
export function listPage(paths: readonly string[], models: readonly ModelTraces[], hrefOf: HrefOf): string {
  const engineFirst = paths.toSorted((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  const folders = [...Map.groupBy(engineFirst, (path) => posix.dirname(inRepository(path)))].map(([folder, files]) => {
    const links = files.map((path) => `<a href="${hrefOf(path)}">${posix.basename(path)}</a>`);
    return `<dt>${folder}</dt><dd>${links.join(" ")}</dd>`;
  });
  const traces = models.map(({ model, lines }) => {
    const links = [...lines].map(([name, { path }]) => `<a href="${hrefOf({ path, anchor: name })}">${name}</a>`);
    return `<dt>${model}</dt><dd>${links.join(" ")}</dd>`;
  });
  const main = `<p>每张图下面写着它的数来自哪里，链接就到这里。这些是构建这个网站时的源码，和正在运行的是同一份。</p>
<h2>文件</h2>
<dl>${folders.join("\n")}</dl>
<h2>中间结果</h2>
<p>模型算到一半的张量，名字和 TransformerLens 的一样，<code>*</code> 是层的编号。每个名字都到取出它的那一行。</p>
<dl>${traces.join("\n")}</dl>`;
  return page("", main, hrefOf);
}

/** The engine first, what made the models last. */
function rankOf(path: string): number {
  return path.startsWith("engine/") ? 0 : path.startsWith("training/") ? 2 : 1;
}

/** The path in the repository. */
function inRepository(path: string): string {
  return path.startsWith("training/") ? path : `src/${path}`;
}

function page(path: string, main: string, hrefOf: HrefOf): string {
  const up = path && `<a href="${hrefOf("")}">源码</a>`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${path ? `${inRepository(path)} · 源码` : "源码"} · 看见大模型</title>
<link rel="icon" href="${hrefOf("").replace(/source\/$/, "favicon.svg")}">
<link rel="stylesheet" href="${hrefOf("")}source.css">
</head>
<body>
<nav><a href="${hrefOf("").replace(/source\/$/, "")}">看见大模型</a>${up}</nav>
<main>
<h1>${path ? inRepository(path) : "源码"}</h1>
${main}
</main>
</body>
</html>
`;
}
