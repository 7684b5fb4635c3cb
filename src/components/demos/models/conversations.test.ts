import { expect, it } from "vitest";
import kept from "../../../../public/models/gpt-zh-chat/conversations.json";
import { shippedModels } from "./about.ts";
import { parseConversations } from "./conversations.ts";

const FILE = "conversations.json";
const chat = shippedModels.find(({ id }) => id === "gpt-zh-chat");
const weights = chat?.entry.files.find(({ path }) => path === "model.safetensors")?.sha256 ?? "";

it("reads ten conversations of three turns, of the weights that are shipped", () => {
  const { conversations, of } = parseConversations(kept, FILE, weights);
  expect(conversations.map((turns) => turns.length)).toEqual(Array.from({ length: 10 }, () => 3));
  expect(of).toBeGreaterThan(conversations.length);
});

it("refuses what other weights said", () => {
  expect(() => parseConversations(kept, FILE, "0")).toThrow("另一份权重");
});
