import { stat } from "node:fs/promises";
import { join } from "node:path";
import { found, type Check } from "@likeness/core";
import type { Settings } from "../settings/settings.ts";

/** Who runs this process, and whose files there are, where the system numbers its users. */
export interface Users {
  readonly runs: () => number | undefined;
  /** Rejects where there is no such file. */
  readonly owns: (path: string) => Promise<number>;
}

const usersHere: Users = {
  runs: () => process.getuid?.(),
  owns: async (path) => (await stat(path)).uid,
};

/**
 * The user whose the bot's files are, if this process runs as another one: what it would write could lock the bot out, and
 * what it may read tells nothing about the bot.
 */
export async function otherUser(
  { database, blobs }: Pick<Settings, "database" | "blobs">,
  { runs, owns }: Users = usersHere,
): Promise<number | undefined> {
  const uid = runs();
  if (uid === undefined) return undefined;
  const ownerOf = (path: string): Promise<number | undefined> => owns(path).catch(() => undefined);
  const owners = [
    database.type === "sqlite" ? await ownerOf(database.file) : undefined,
    // The folder may have been made for the bot by somebody else, e.g. as a volume; `tmp` was made by the bot.
    blobs.type === "disk" ? ((await ownerOf(join(blobs.folder, "tmp"))) ?? (await ownerOf(blobs.folder))) : undefined,
  ];
  return owners.find((owner) => owner !== undefined && owner !== uid);
}

/** Says so, and that no blob is written. */
export const otherUserCheck = (owner: number): Check => ({
  name: "user",
  look: async () => [
    found.warning(
      `the bot's files belong to user ${owner}, and this runs as another one, so no blob is written`,
      `run it as the bot's user: sudo -u '#${owner}' …`,
    ),
  ],
});
