import { defineMiddleware } from "astro:middleware";
import { named } from "./toc-demos.ts";

/**
 * What can be done only once a page is there. Starlight writes dark pages and has its script lighten them: whoever has no script reads in the dark,
 * whatever his system says. And the list of what is on a page gets the titles of its demos.
 */
export const onRequest = defineMiddleware(async (_context, next) => {
  const response = await next();
  if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
  const page = await response.text();
  return new Response(named(page).replace('data-theme="dark"', 'data-theme="light"'), response);
});
