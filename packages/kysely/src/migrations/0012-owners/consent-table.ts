import { sql, type Kysely } from "kysely";
import { optionalTime, primaryKey, required, time } from "../0001-tables/columns.ts";

/** What owners have consented to, as proof. No avatar is named: a consent is given for all of an owner's. */
export async function createConsent({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_consent")
    .addColumn("id", "text", primaryKey)
    .addColumn("owner_id", "text", required)
    .addColumn("version", "text", required)
    .addColumn("text_hash", "text", required)
    .addColumn("locale", "text", required)
    .addColumn("message_id", "text")
    .addColumn("given_at", "text", time("given_at"))
    .addColumn("withdrawn_at", "text", optionalTime("withdrawn_at"))
    .execute();

  const index = (name: string) => schema.createIndex(name).on("likeness_consent");
  await index("likeness_consent_of_owner").columns(["owner_id", "given_at", "id"]).execute();
  await index("likeness_consent_open")
    .unique()
    .columns(["owner_id", "version", "text_hash"])
    .where(sql.ref("withdrawn_at"), "is", null)
    .execute();
}
