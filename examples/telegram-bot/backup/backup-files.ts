import { join } from "node:path";

/** The files of a backup, in its folder. */
export const backupFiles = (folder: string) => ({
  database: join(folder, "likeness.db"),
  unfinished: join(folder, "likeness.db.unfinished"),
  blobs: join(folder, "blobs"),
  /** Held while a backup is made. */
  lock: join(folder, "lock"),
});
