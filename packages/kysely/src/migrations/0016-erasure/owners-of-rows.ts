import { sql, type Kysely } from "kysely";

/** Keys of sessions that end in the id of a chat, which is that of its person. */
const chats = ["telegram:chat:", "telegram:waits:"];

/** Keys that end in the id of an order of the person. */
const orders = ["telegram:training:", "telegram:drawing:"];

interface Tables {
  readonly likeness_session: { readonly key: string; readonly owner_id: string | null };
  readonly likeness_order: { readonly id: string; readonly owner_id: string };
}

/** Whose a session or a delivery is. Sessions of earlier versions say it in their key. */
export async function nameOwners(db: Kysely<unknown>): Promise<void> {
  for (const table of ["likeness_session", "likeness_webhook_inbox"]) {
    await db.schema.alterTable(table).addColumn("owner_id", "text").execute();
    const owned = db.schema.createIndex(`${table}_of_owner`).on(table).column("owner_id");
    await owned.where(sql.ref("owner_id"), "is not", null).execute();
  }
  const sessions = (db as Kysely<Tables>).updateTable("likeness_session");
  const after = (prefix: string) => sql<string>`substr(key, ${sql.lit(prefix.length + 1)})`;
  for (const prefix of chats)
    await sessions
      .set({ owner_id: sql`'telegram:' || ${after(prefix)}` })
      .where("key", "like", `${prefix}%`)
      .execute();
  for (const prefix of orders)
    await sessions
      .set(({ selectFrom }) => ({
        owner_id: selectFrom("likeness_order").select("likeness_order.owner_id").where("id", "=", after(prefix)),
      }))
      .where("key", "like", `${prefix}%`)
      .execute();
}
