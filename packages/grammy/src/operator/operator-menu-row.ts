import type { BotCommand } from "grammy/types";
import { z } from "zod";
import { menuRow, storedList } from "../chat/commands/menu-row.ts";

/**
 * Our lists for one chat, by language: the one that was there and the one that we set. Any other list of the chat is the
 * host's own.
 */
export type CopiedLists = Readonly<Record<string, readonly (readonly BotCommand[])[]>>;

/** By the ids of chats. */
export type OperatorMenus = Readonly<Record<string, CopiedLists>>;

export const operatorMenus = menuRow<CopiedLists>(
  "telegram:operator-commands",
  z.record(z.string(), z.array(storedList)),
);
