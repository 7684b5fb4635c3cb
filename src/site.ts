/** `path`, given from the site's root (`/models/…`), as it is under the base path the site is deployed to. */
export function withBase(path: string): string {
  return joinBase(import.meta.env.BASE_URL, path);
}

/** Joins a base path (`/` or `/book` or `/book/`) and a path from the root. */
export function joinBase(base: string, path: string): string {
  return `${base.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}

/**
 * The page of the source on which something is defined, or shown to a trace.
 *
 * @param file below `src/engine`; or one that begins with `components/` or `training/`
 * @param anchor a name, or a line such as `L31`
 */
export function sourceHref(file: string, anchor: string): string {
  const path = /^(?:components|training)\//.test(file) ? file : `engine/${file}`;
  return withBase(`/source/${path}/#${anchor}`);
}
