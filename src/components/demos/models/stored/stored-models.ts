import type { Manifest } from "../../../../engine/files/manifest.ts";

/** Something that lies in the store of downloaded model files. */
export interface StoredFile {
  /** As `FileStore` keeps it: the file's address, and behind it which version it is, and whether it is the beginning of one only. */
  readonly address: string;
  readonly bytes: number;
}

/** What is stored of one model. */
export interface StoredModel {
  /** Address of its folder. */
  readonly folder: string;
  /** By which the reader knows it. */
  readonly title: string;
  readonly bytes: number;
  /** A download broke off, and its beginning is kept. */
  readonly partial: boolean;
  readonly addresses: readonly string[];
}

/**
 * The models that files belong to: those of the site first, in the order of its manifest, then those from elsewhere.
 * @param base address of the folder of the site's models; the list of them, which lies there as well, is of no model
 */
export function storedModels(files: readonly StoredFile[], base: string, { models }: Manifest): StoredModel[] {
  const own = files.filter(({ address }) => folderOf(address, base) !== base);
  const folders = Map.groupBy(own, ({ address }) => folderOf(address, base));
  const titles = new Map(models.map(({ id, title }) => [`${base}${id}/`, `${id} ${title}`]));
  const order = [...titles.keys()];
  const placeOf = (folder: string): number => (titles.has(folder) ? order.indexOf(folder) : order.length);
  return Array.from(folders, ([folder, parts]) => ({
    folder,
    title: titles.get(folder) ?? nameOf(folder, base),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    partial: parts.some(({ address }) => new URL(address).searchParams.has("partial")),
    addresses: parts.map(({ address }) => address),
  })).sort((a, b) => placeOf(a.folder) - placeOf(b.folder) || (a.folder < b.folder ? -1 : 1));
}

/** Bytes by address of the files of this build: they are stored only once they are known to be what the manifest says. */
export function knownBytes(base: string, { models }: Manifest): Map<string, number> {
  return new Map(
    models.flatMap(({ id, files }) =>
      files.map(({ path, sha256, bytes }): [string, number] => [`${base}${id}/${path}?version=${sha256}`, bytes]),
    ),
  );
}

/** How many models there are and how large, as a sentence. */
export function tellModels(models: readonly StoredModel[], format: (bytes: number) => string): string {
  if (models.length === 0) return "还没有下载过模型。";
  return `已下载 ${models.length} 个模型，共 ${format(models.reduce((sum, { bytes }) => sum + bytes, 0))}。`;
}

/** A model's folder: below the site's it has a name and no folders above; on a hub it ends with the revision. */
function folderOf(address: string, base: string): string {
  const { origin, pathname } = new URL(address);
  const path = origin + pathname;
  if (path.startsWith(base)) return base + (/^[^/]+\//.exec(path.slice(base.length))?.[0] ?? "");
  return /^.*\/resolve\/[^/]+\//.exec(path)?.[0] ?? path.slice(0, path.lastIndexOf("/") + 1);
}

function nameOf(folder: string, base: string): string {
  if (folder.startsWith(base)) return folder.slice(base.length, -1);
  return folder.replace(/^https?:\/\//, "").replace(/\/(?:resolve\/[^/]+\/)?$/, "");
}
