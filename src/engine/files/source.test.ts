import { expect, test } from "vitest";
import { folderAddress, HUBS } from "./source.ts";

const [official, mirror] = HUBS;

test.each([
  ["openai-community/gpt2", "https://huggingface.co/openai-community/gpt2/resolve/main/"],
  [" gpt2 ", "https://huggingface.co/gpt2/resolve/main/"],
  ["https://huggingface.co/uer/gpt2-chinese-poem", "https://huggingface.co/uer/gpt2-chinese-poem/resolve/main/"],
  ["https://huggingface.co/a/b/", "https://huggingface.co/a/b/resolve/main/"],
  ["https://huggingface.co/a/b/tree/v1.0", "https://huggingface.co/a/b/resolve/v1.0/"],
  ["https://hf-mirror.com/a/b", "https://hf-mirror.com/a/b/resolve/main/"],
  ["https://example.org/a/b", "https://example.org/a/b/"],
  ["https://example.org/a/b/resolve/main/", "https://example.org/a/b/resolve/main/"],
  ["http://localhost:8000/models/mine/", "http://localhost:8000/models/mine/"],
])("%s is the folder %s", (typed, folder) => {
  expect(folderAddress(typed, official).href).toBe(folder);
});

test("a repository alone is on the hub that is set, wherever that is", () => {
  expect(folderAddress("a/b", mirror).href).toBe("https://hf-mirror.com/a/b/resolve/main/");
  expect(folderAddress("a/b", "http://localhost:1/hub").href).toBe("http://localhost:1/hub/a/b/resolve/main/");
});

test.each(["", "a b", "a/b/c", "../x", "ftp://example.org/x", "javascript:alert(1)", "file:///etc"])(
  "%j is no address",
  (typed) => {
    expect(() => folderAddress(typed, official)).toThrow(expect.objectContaining({ code: "bad-input" }));
  },
);
