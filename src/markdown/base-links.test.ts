import { expect, it } from "vitest";
import { rehypeBaseLinks } from "./base-links.ts";

const link = (href: string) => ({ properties: { href } as Record<string, unknown>, children: [] });

it("puts the base before addresses from the root, and leaves all others alone", () => {
  const links = ["/contents/#a", "#a", "https://example.org/", "//cdn.example.org/x", "next/"].map(link);
  rehypeBaseLinks("/book/")()({ children: [{ children: links }] });
  expect(links.map((node) => node.properties.href)).toEqual([
    "/book/contents/#a",
    "#a",
    "https://example.org/",
    "//cdn.example.org/x",
    "next/",
  ]);
});

it("changes nothing at the root of a host", () => {
  const node = link("/contents/");
  rehypeBaseLinks("/")()(node);
  expect(node.properties.href).toBe("/contents/");
});
