import { EngineError } from "../errors.ts";

const FIRST_LINE = "version https://git-lfs.github.com/spec/v1";
/** Pointers are smaller. */
export const LARGEST_POINTER = 1024;

/**
 * Git LFS leaves three lines of text in the place of a large file that it has not fetched.
 * @param start the beginning of a file
 * @throws EngineError `bad-file` if that is such a pointer
 */
export function expectNoPointer(start: Uint8Array | ArrayBuffer, file: string): void {
  const bytes = start instanceof ArrayBuffer ? new Uint8Array(start) : start;
  if (new TextDecoder().decode(bytes.subarray(0, FIRST_LINE.length)) !== FIRST_LINE) return;
  const advice = "在克隆下来的文件夹里运行 git lfs pull，再打开一次；如果给的是网址，把其中的 raw 换成 resolve";
  const detail = `${file} 是 Git LFS 的指针，不是文件本身。${advice}`;
  throw new EngineError("bad-file", detail);
}
