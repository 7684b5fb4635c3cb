/** Files in folders deeper than this are not looked for: `onnx/` is as deep as a model's folder goes. */
const MAX_DEPTH = 3;
/** No model has more; somebody who drops a whole disk is told so by what is missing. */
const MAX_FILES = 500;

/**
 * All files that were dropped, those in dropped folders included; hidden ones are left out. Call it while the drop event is being handled: its
 * data are gone afterwards.
 */
export function droppedFiles(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  // Where a browser has no entries, folders cannot be opened; the engine names them then.
  return entries.some((entry) => entry !== null)
    ? filesIn(entries.filter((entry) => entry !== null))
    : Promise.resolve([...data.files]);
}

/**
 * The files among the entries and in their folders, up to a depth and a number that no model reaches. Of files of one name, one in a folder gives way
 * to one beside that folder: models of sentence-transformers have a config.json for each of their parts.
 */
export async function filesIn(entries: readonly FileSystemEntry[], depth = 0): Promise<File[]> {
  const seen = entries.filter(({ name }) => !name.startsWith("."));
  const files: File[] = [];
  for (const entry of seen) if (isFile(entry) && files.length < MAX_FILES) files.push(await fileOf(entry));
  const here = new Set(files.map(({ name }) => name));
  for (const entry of seen) {
    if (!isFolder(entry) || depth >= MAX_DEPTH || files.length >= MAX_FILES) continue;
    const inside = await filesIn(await childrenOf(entry), depth + 1);
    for (const file of inside) if (!here.has(file.name)) files.push(file);
  }
  return files.slice(0, MAX_FILES);
}

/** The same of a folder that was chosen: its files know their paths. */
export function nearestFiles(files: readonly File[]): File[] {
  const depthOf = ({ webkitRelativePath }: File): number => webkitRelativePath.split("/").length;
  const least = new Map<string, number>();
  for (const file of files) least.set(file.name, Math.min(depthOf(file), least.get(file.name) ?? MAX_FILES));
  return files.filter((file) => depthOf(file) === least.get(file.name));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  // A reader gives at most a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    for (const child of some) children.push(child);
  }
}
