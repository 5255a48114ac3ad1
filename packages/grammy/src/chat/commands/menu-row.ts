import type { SessionRepository, StorageFailure } from "@likeness/core";
import type { BotCommand } from "grammy/types";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";

/** What is stored about one list of commands for private chats, by its language; `""`: for all other languages. */
export interface PublishedList {
  /** The commands that the host had set there. */
  readonly host: readonly BotCommand[];
  /** The list before we last published, and what we published: commands in either are not new ones of the host. */
  readonly known: readonly (readonly BotCommand[])[];
}

export type PublishedMenu = Readonly<Record<string, PublishedList>>;

export interface StoredMenu {
  readonly menu: PublishedMenu;
  readonly version: number;
}

const key = "telegram:commands";

/** Reads what was published last. */
export const findMenu = (sessions: SessionRepository): ResultAsync<StoredMenu, StorageFailure> =>
  sessions.find(key).map((session) => ({
    menu: stored.safeParse(session?.value).data ?? {},
    version: session?.version ?? 0,
  }));

/**
 * Stores it. A version conflict is ignored, because another process that publishes at the same time stores the same.
 */
export const saveMenu = (
  sessions: SessionRepository,
  { menu, version }: StoredMenu,
): ResultAsync<void, StorageFailure> =>
  sessions
    .save({ key, value: z.json().parse(JSON.parse(JSON.stringify(menu))), version })
    .map(() => undefined)
    .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(undefined)));

const list = z.array(z.object({ command: z.string(), description: z.string() }));

const stored = z.record(z.string(), z.object({ host: list, known: z.array(list) }));
