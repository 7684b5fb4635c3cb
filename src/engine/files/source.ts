import { EngineError } from "../errors.ts";

/** Where a model comes from. */
export type ModelSource =
  /** One that the site ships, by its id in the manifest. */
  | { readonly shipped: string }
  /** A Hugging Face style folder on some server. Nothing of it is fetched before somebody asks for it. */
  | { readonly url: string }
  /** Files from the reader's own disk, as they were dropped on the page or chosen in a dialog. */
  | { readonly files: readonly File[] };

/** Hubs that readers may choose from; huggingface.co cannot be reached from everywhere. */
export const HUBS = ["https://huggingface.co", "https://hf-mirror.com"] as const;

/** A repository on a hub: `owner/name`, or `name` alone for the oldest ones. */
const REPOSITORY = /^\w[\w.-]*(\/\w[\w.-]*)?$/;

/**
 * The folder that a reader means by what was typed: a repository of the hub (`openai-community/gpt2`), the address of a repository's page,
 * or the address of any folder.
 *
 * @param hub address of the hub, such as those of `HUBS`
 * @returns the folder's address, with a slash at its end
 * @throws EngineError `bad-input`
 */
export function folderAddress(typed: string, hub: string): URL {
  const text = typed.trim();
  if (REPOSITORY.test(text)) return inHub(new URL(hub), text, "main");
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new EngineError("bad-input", "应是「作者/模型名」，或以 https:// 开头的文件夹地址");
  }
  // The pages of a repository are `<repository>` and `<repository>/tree/<revision>`; a folder elsewhere may look like anything.
  const page = /^\/([\w.-]+\/[\w.-]+)(?:\/(?:tree|resolve|blob)\/([^/]+))?\/?$/.exec(url.pathname);
  if (page?.[1] && (page[2] || isHub(url, hub))) return inHub(new URL(url.origin), page[1], page[2] ?? "main");
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  url.hash = "";
  return url;
}

function isHub(url: URL, hub: string): boolean {
  return [...HUBS, hub].some((known) => url.origin === new URL(known).origin);
}

/** The layout of the hub: `<hub>/<repository>/resolve/<revision>/<file>`. */
function inHub(hub: URL, repository: string, revision: string): URL {
  const base = hub.href.endsWith("/") ? hub.href : `${hub.href}/`;
  return new URL(`${repository}/resolve/${revision}/`, base);
}
