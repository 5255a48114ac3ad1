import Database from "better-sqlite3";

/** Counts rows of the bot's database, from outside. */
export function countRows(file: string, table: "avatar" | "photo" | "training" | "notification"): number {
  const database = new Database(file, { readonly: true });
  try {
    const row = database.prepare<[], { rows: number }>(`select count(*) as rows from likeness_${table}`).get();
    return row?.rows ?? 0;
  } finally {
    database.close();
  }
}
