import type { SessionRepository, StorageFailure } from "@likeness/core";
import type { BotCommand } from "grammy/types";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";

/** What is stored about lists of commands, and the version of its row. */
export interface StoredMenu<Menu> {
  readonly menu: Menu;
  readonly version: number;
}

interface MenuRow<Menu> {
  find(sessions: SessionRepository): ResultAsync<StoredMenu<Menu>, StorageFailure>;
  /** A version conflict is ignored, because another process that starts at the same time stores the same. */
  save(sessions: SessionRepository, stored: StoredMenu<Menu>): ResultAsync<void, StorageFailure>;
}

/** A row about lists of commands; one that cannot be read counts as empty. */
export const menuRow = <Entry>(key: string, entry: z.ZodType<Entry>): MenuRow<Readonly<Record<string, Entry>>> => ({
  find: (sessions) =>
    sessions.find(key).map((session) => ({
      menu: z.record(z.string(), entry).safeParse(session?.value).data ?? {},
      version: session?.version ?? 0,
    })),
  save: (sessions, { menu, version }) =>
    sessions
      .save({ key, value: z.json().parse(JSON.parse(JSON.stringify(menu))), version })
      .map(() => undefined)
      .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(undefined))),
});

export const storedList = z.array(z.object({ command: z.string(), description: z.string() }));

/** What is stored about one list of commands for private chats, by its language; `""`: for all other languages. */
export interface PublishedList {
  /** The commands that the host had set there. */
  readonly host: readonly BotCommand[];
  /** The list before we last published, and what we published: commands in either are not new ones of the host. */
  readonly known: readonly (readonly BotCommand[])[];
}

/** What was published last. */
export const publishedMenu = menuRow<PublishedList>(
  "telegram:commands",
  z.object({ host: storedList, known: z.array(storedList) }),
);
