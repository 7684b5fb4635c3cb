/** The models of this chapter, by their ids in the manifest. */
export const BASE = "gpt-zh";
export const CHAT = "gpt-zh-chat";

/** Before and after instruction tuning. */
export type Player = "base" | "chat";

export const PLAYERS = ["base", "chat"] as const satisfies readonly Player[];

export const PLAYER_NAMES: Readonly<Record<Player, string>> = { base: "基础模型", chat: "微调后" };

export const PLAYER_MODELS: Readonly<Record<Player, string>> = { base: BASE, chat: CHAT };
