import { join } from "node:path";
import Database from "better-sqlite3";
import { onTestFinished } from "vitest";

const tables = ["avatar", "photo", "training", "webhook_inbox", "notification", "job"] as const;

export interface Outage {
  begin(): void;
  end(): void;
}

/** A database that answers everything with an error for a while: all of its tables are away. */
export function outage(folder: string, file = "likeness.db"): Outage {
  const database = new Database(join(folder, file), { timeout: 5_000 });
  onTestFinished(() => void database.close());
  const rename = (away: boolean): void =>
    database.transaction(() => {
      for (const table of tables)
        database.exec(
          away ? `alter table ${table} rename to away_${table}` : `alter table away_${table} rename to ${table}`,
        );
    })();
  return { begin: () => rename(true), end: () => rename(false) };
}
