import type { Kysely } from "kysely";
import { primaryKey, required } from "./columns.ts";

export async function createSession({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_session")
    .addColumn("key", "text", primaryKey)
    .addColumn("value", "text", required)
    .addColumn("version", "integer", required)
    .execute();
}
