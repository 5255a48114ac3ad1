import { join } from "node:path";
import openDatabase from "better-sqlite3";

/** One that is just being ended is gone by then. */
const patienceMilliseconds = 2_000;

/**
 * Two studios on the same folder would overwrite what the other one keeps, so whoever starts holds it first. What holds
 * is an exclusive transaction on an empty SQLite file: the system ends it with the process, however that ends.
 *
 * @returns What lets it go; undefined if another process holds it.
 */
export function holdFolder(data: string): (() => Promise<void>) | undefined {
  const lock = openDatabase(join(data, "studio.lock"), { timeout: patienceMilliseconds });
  try {
    lock.exec("begin exclusive");
    return async () => void lock.close();
  } catch (error) {
    lock.close();
    if (error instanceof openDatabase.SqliteError && error.code === "SQLITE_BUSY") return undefined;
    throw error;
  }
}
