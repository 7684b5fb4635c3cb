import { expect, test } from "vitest";
import { filesIn, nearestFiles } from "./dropped-files.ts";

/** An entry as browsers give them: a folder's children come in portions, a hundred at most, and then none. */
function folder(name: string, children: readonly FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    let next = 0;
    const readEntries = (resolve: (entries: FileSystemEntry[]) => void): void => {
      resolve(children.slice(next, next + 100));
      next += 100;
    };
    return { readEntries };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

function file(name: string): FileSystemEntry {
  const read = (resolve: (file: File) => void): void => resolve(new File(["x"], name));
  return { name, isFile: true, isDirectory: false, file: read } as unknown as FileSystemEntry;
}

const names = (files: readonly File[]) => files.map(({ name }) => name);

test("files come out of folders and their folders; hidden ones stay", async () => {
  const model = folder("mine", [
    file("config.json"),
    file(".DS_Store"),
    folder("onnx", [file("model.onnx")]),
    folder(".git", [file("HEAD")]),
  ]);
  expect(names(await filesIn([model, file("tokenizer.json")]))).toEqual([
    "tokenizer.json",
    "config.json",
    "model.onnx",
  ]);
});

test("of files of one name that of the outer folder counts; two beside each other stay two", async () => {
  const parts = [folder("1_Pooling", [file("config.json"), file("b.txt")]), folder("2_Dense", [file("b.txt")])];
  const model = folder("mine", [...parts, file("config.json")]);
  expect(names(await filesIn([model]))).toEqual(["config.json", "b.txt", "b.txt"]);

  const at = (path: string): File => {
    const own = new File(["x"], path.slice(path.lastIndexOf("/") + 1));
    return Object.defineProperty(own, "webkitRelativePath", { value: path });
  };
  const chosen = ["m/1_Pooling/config.json", "m/config.json", "m/1/b.txt", "m/2/b.txt"].map(at);
  expect(nearestFiles(chosen)).toEqual(chosen.slice(1));
});

test("a folder with more files than one portion is read to its end, a disk is not", async () => {
  const many = (count: number) =>
    folder(
      "many",
      Array.from({ length: count }, (_, i) => file(`${i}`)),
    );
  expect((await filesIn([many(250)])).length).toBe(250);
  expect((await filesIn([many(5000)])).length).toBe(500);
  const deep = Array.from({ length: 9 }).reduce<FileSystemEntry>((inner) => folder("in", [inner]), file("far.json"));
  expect(await filesIn([deep])).toEqual([]);
});

test("a folder that cannot be read is an error", async () => {
  const readEntries = (_: unknown, reject: (error: Error) => void): void =>
    reject(new DOMException("", "NotFoundError"));
  const gone = { name: "gone", isFile: false, isDirectory: true, createReader: () => ({ readEntries }) };
  await expect(filesIn([gone as unknown as FileSystemEntry])).rejects.toThrow();
});
