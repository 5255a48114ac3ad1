import Database from "better-sqlite3";
import { Client } from "pg";

/** Queries the bot's database, from outside. */
export function ask(file: string, question: string): unknown[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(question).all();
  } finally {
    database.close();
  }
}

/** The same for a bot on PostgreSQL. */
export async function askPostgres(connectionString: string, question: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(question)).rows;
  } finally {
    await client.end();
  }
}

/** Counts rows of the bot's database, from outside. */
export const countRows = (file: string, table: "avatar" | "photo" | "order" | "notification"): number =>
  ask(file, `select 1 from likeness_${table}`).length;
