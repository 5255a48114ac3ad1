import Database from "better-sqlite3";

/** Queries the bot's database, from outside. */
export function ask(file: string, question: string): unknown[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(question).all();
  } finally {
    database.close();
  }
}

/** Counts rows of the bot's database, from outside. */
export const countRows = (file: string, table: "avatar" | "photo" | "training" | "notification"): number =>
  ask(file, `select 1 from likeness_${table}`).length;
