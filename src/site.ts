/** `path`, given from the site's root (`/models/…`), as it is under the base path the site is deployed to. */
export function withBase(path: string): string {
  return joinBase(import.meta.env.BASE_URL, path);
}

/** Joins a base path (`/` or `/book` or `/book/`) and a path from the root. */
export function joinBase(base: string, path: string): string {
  return `${base.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}
