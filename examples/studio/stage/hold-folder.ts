import { join } from "node:path";
import openDatabase from "better-sqlite3";

/** How long to wait for a studio that is just ending. */
const waitMilliseconds = 2_000;

/**
 * Locks the studio's folder, because two studios would overwrite each other's data. The lock is an exclusive
 * transaction on an empty SQLite file, which the operating system releases when the process ends in any way.
 *
 * @returns A function that releases the lock; `undefined` if another process holds it.
 */
export function holdFolder(data: string): (() => Promise<void>) | undefined {
  const lock = openDatabase(join(data, "studio.lock"), { timeout: waitMilliseconds });
  try {
    lock.exec("begin exclusive");
    return async () => void lock.close();
  } catch (error) {
    lock.close();
    if (error instanceof openDatabase.SqliteError && error.code === "SQLITE_BUSY") return undefined;
    throw error;
  }
}
