import { defineMiddleware } from "astro:middleware";

/** Starlight writes dark pages and has its script lighten them: whoever has no script reads in the dark, whatever his system says. */
export const onRequest = defineMiddleware(async (_context, next) => {
  const response = await next();
  if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
  const page = await response.text();
  return new Response(page.replace('data-theme="dark"', 'data-theme="light"'), response);
});
