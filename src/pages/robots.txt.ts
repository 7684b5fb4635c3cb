import type { APIRoute } from "astro";
import { withBase } from "../site.ts";

/** Everything may be read; where the site knows its own address, it says where its pages are listed. */
export const GET: APIRoute = ({ site }) => {
  const list = site ? [`Sitemap: ${new URL(withBase("/sitemap-index.xml"), site).href}`] : [];
  return new Response(["User-agent: *", "Allow: /", ...list, ""].join("\n"));
};
