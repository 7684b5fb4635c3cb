import { unified } from "@astrojs/markdown-remark";
import mdx from "@astrojs/mdx";
import sitemap from "@astrojs/sitemap";
import starlight from "@astrojs/starlight";
import svelte from "@astrojs/svelte";
import { defineConfig } from "astro/config";
import rehypeKatex from "rehype-katex";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkMath from "remark-math";
import { compactWgsl } from "./scripts/compact-wgsl.ts";
import { entryChunk } from "./scripts/entry-chunk.ts";
import { figureChunks, figures } from "./scripts/figures.ts";
import { mendTransformers } from "./scripts/mend-transformers.ts";
import { offline } from "./scripts/offline/integration.ts";
import { onnxRuntimeAlias } from "./scripts/onnx-runtime.ts";
import { sourcePages } from "./scripts/source/integration.ts";
import { book, chapterHref, drafts, pageHref, pageLabel } from "./src/book.ts";
import { rehypeBaseLinks } from "./src/markdown/base-links.ts";
import { rehypeSectionNumbers } from "./src/markdown/section-numbers.ts";
import { joinBase } from "./src/site.ts";

// Where the site is deployed: SITE_URL is the origin, BASE_PATH the folder below it (GitHub Pages: "/<repository>").
const site = process.env.SITE_URL;
const base = `/${(process.env.BASE_PATH ?? "").replace(/^\/|\/$/g, "")}`;

/**
 * @param {Record<string, string>} attrs
 * @returns {{ tag: "meta", attrs: Record<string, string> }}
 */
function meta(attrs) {
  return { tag: "meta", attrs };
}

export default defineConfig({
  ...(site === undefined ? {} : { site }),
  base,
  trailingSlash: "always",
  markdown: {
    // The default processor fails on formulas and on bold text next to full-width punctuation.
    processor: unified({
      remarkPlugins: [remarkMath, remarkCjkFriendly],
      rehypePlugins: [rehypeKatex, rehypeBaseLinks(base), rehypeSectionNumbers],
    }),
  },
  integrations: [
    starlight({
      title: "看见大模型",
      description: "在浏览器里运行真模型，看大语言模型怎样工作。演示里的数，都由模型当场算出。",
      defaultLocale: "root",
      locales: { root: { label: "简体中文", lang: "zh-CN" } },
      favicon: "/favicon.svg",
      head: [
        meta({ property: "og:locale", content: "zh_CN" }),
        // The address of a picture must be absolute: without that of the site, a link is shown without one.
        ...(site === undefined
          ? [meta({ name: "twitter:card", content: "summary" })]
          : [
              meta({ property: "og:image", content: new URL(joinBase(base, "/share.png"), site).href }),
              meta({ property: "og:image:alt", content: "看见大模型" }),
            ]),
        { tag: "link", attrs: { rel: "apple-touch-icon", href: joinBase(base, "/apple-touch-icon.png") } },
        { tag: "link", attrs: { rel: "manifest", href: joinBase(base, "/site.webmanifest") } },
      ],
      customCss: [
        "katex/dist/katex.min.css",
        "./src/styles/colors.css",
        "./src/styles/theme.css",
        "./src/styles/button.css",
        "./src/styles/table.css",
        "./src/styles/demo.css",
        "./src/styles/prose.css",
        "./src/styles/print.css",
        "./src/styles/update.css",
      ],
      components: {
        PageTitle: "./src/overrides/PageTitle.astro",
      },
      routeMiddleware: "./src/route-data.ts",
      expressiveCode: {
        themes: ["github-dark-default", "github-light-default"],
        styleOverrides: {
          borderColor: "var(--vl-line)",
          borderRadius: "0",
          codeBackground: "var(--vl-plate)",
          codeFontSize: "0.875rem",
          codeLineHeight: "1.65",
          frames: { frameBoxShadowCssValue: "none" },
        },
      },
      sidebar: [
        { label: "目录", link: "/contents/" },
        { label: "记号与术语", link: "/terms/" },
        { label: "模型", link: "/models/" },
        { label: "自带模型", link: "/your-model/" },
        ...book.map((part) => ({
          label: `${part.ordinal}、${part.title}`,
          collapsed: part.chapters.every((chapter) => chapter.status !== "ready"),
          items: part.chapters.flatMap((chapter) => [
            {
              label: pageLabel(chapter),
              link: chapterHref(chapter),
              ...(chapter.status === "ready" ? {} : { badge: { text: "待写" } }),
            },
            // `src/route-data.ts` leaves them out where another chapter is open.
            ...(chapter.status === "ready" ? (chapter.sections ?? []) : []).map((section) => ({
              label: pageLabel(section),
              link: pageHref(section),
              attrs: { class: "section", "data-section-of": chapter.slug },
            })),
          ]),
        })),
      ],
    }),
    mdx(),
    sitemap({ filter: (page) => !drafts.some((slug) => page.endsWith(`/${slug}/`)) }),
    svelte(),
    sourcePages(),
    // When all pages are there.
    offline(),
  ],
  vite: {
    plugins: [compactWgsl(), figures()],
    environments: { client: { build: { rolldownOptions: { output: figureChunks() } } } },
    worker: {
      format: "es",
      plugins: () => [compactWgsl(), mendTransformers()],
      rolldownOptions: { output: entryChunk(/\/engine\/worker\.ts$/) },
    },
    resolve: { alias: onnxRuntimeAlias },
    optimizeDeps: { rolldownOptions: { plugins: [mendTransformers()] } },
  },
});
