import { sql, type Kysely } from "kysely";

/** Keys of sessions that end in the id of a chat, which is that of its person. */
const chats = ["telegram:chat:", "telegram:waits:"];

/** Keys that end in the id of an order of the person. */
const orders = ["telegram:training:", "telegram:drawing:"];

/** Whose a session or a delivery is. Sessions of earlier versions say it in their key. */
export async function nameOwners(db: Kysely<unknown>): Promise<void> {
  for (const table of ["likeness_session", "likeness_webhook_inbox"]) {
    await db.schema.alterTable(table).addColumn("owner_id", "text").execute();
    const owned = db.schema.createIndex(`${table}_of_owner`).on(table).column("owner_id");
    await owned.where(sql.ref("owner_id"), "is not", null).execute();
  }
  for (const prefix of chats)
    await sql`
      update likeness_session set owner_id = 'telegram:' || substr(key, ${sql.lit(prefix.length + 1)})
      where key like ${sql.lit(`${prefix}%`)}
    `.execute(db);
  for (const prefix of orders)
    await sql`
      update likeness_session set owner_id =
        (select owner_id from likeness_order where id = substr(key, ${sql.lit(prefix.length + 1)}))
      where key like ${sql.lit(`${prefix}%`)}
    `.execute(db);
}
