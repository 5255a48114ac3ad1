import type { SessionRepository, StorageFailure } from "@likeness/core";
import type { BotCommand } from "grammy/types";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";

/**
 * Our lists for one chat, by language: the one that was there and the one that we set. Any other list of the chat is the
 * host's own.
 */
export type CopiedLists = Readonly<Record<string, readonly (readonly BotCommand[])[]>>;

/** By the ids of chats. */
export type OperatorMenus = Readonly<Record<string, CopiedLists>>;

export interface StoredMenus {
  readonly menus: OperatorMenus;
  readonly version: number;
}

const key = "telegram:operator-commands";

export const findMenus = (sessions: SessionRepository): ResultAsync<StoredMenus, StorageFailure> =>
  sessions.find(key).map((session) => ({
    menus: stored.safeParse(session?.value).data ?? {},
    version: session?.version ?? 0,
  }));

/** A version conflict is ignored, because another process that starts at the same time stores the same. */
export const saveMenus = (
  sessions: SessionRepository,
  { menus, version }: StoredMenus,
): ResultAsync<void, StorageFailure> =>
  sessions
    .save({ key, value: z.json().parse(JSON.parse(JSON.stringify(menus))), version })
    .map(() => undefined)
    .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(undefined)));

const list = z.array(z.object({ command: z.string(), description: z.string() }));

const stored = z.record(z.string(), z.record(z.string(), z.array(list)));
