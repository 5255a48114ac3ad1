import { join } from "node:path";
import Database from "better-sqlite3";

/** Holds a backup's folder until this process ends it or dies; `undefined`: another process has it. */
export function holdBackup(folder: string): (() => void) | undefined {
  const lock = new Database(join(folder, "lock"));
  try {
    lock.pragma("busy_timeout = 0");
    lock.exec("begin exclusive");
    return () => lock.close();
  } catch (error) {
    lock.close();
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY")) return undefined;
    throw error;
  }
}
