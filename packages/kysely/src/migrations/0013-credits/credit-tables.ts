import { sql, type ColumnDefinitionBuilder, type Kysely } from "kysely";
import { count, optionalTime, primaryKey, required, time } from "../0001-tables/columns.ts";

const ofAccount = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().references("likeness_credit_account.owner_id");

/** What each owner has: sums of the entries and holds, so that one statement can check and change them. */
export async function createCreditAccount({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_credit_account")
    .addColumn("owner_id", "text", primaryKey)
    .addColumn("balance", "integer", required)
    .addColumn("held", "integer", count("held"))
    .addColumn("owed", "integer", count("owed"))
    .addColumn("entries", "integer", count("entries"))
    .addCheckConstraint("held_covered", sql`balance >= held`)
    .execute();
}

/** Every change of an account. Rows are only added. */
export async function createCreditEntry({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_credit_entry")
    .addColumn("id", "text", primaryKey)
    .addColumn("owner_id", "text", ofAccount)
    .addColumn("number", "integer", required)
    .addColumn("kind", "text", (column) =>
      column.notNull().check(sql`kind in ('top_up', 'capture', 'refund', 'adjust', 'debt')`),
    )
    .addColumn("amount", "integer", required)
    .addColumn("owed", "integer", required)
    .addColumn("reference", "text", required)
    .addColumn("reason", "text")
    .addColumn("created_at", "text", time("created_at"))
    .addCheckConstraint("changes_something", sql`amount <> 0 or owed <> 0`)
    .addCheckConstraint("reason_filled_exactly", sql`(reason is not null) = (kind = 'adjust')`)
    .addCheckConstraint("reason_known", sql`reason is null or reason in ('promo', 'gift', 'correction')`)
    .execute();

  const unique = (name: string, columns: string[]) =>
    schema.createIndex(name).unique().on("likeness_credit_entry").columns(columns);
  await unique("likeness_credit_entry_reference", ["kind", "reference"]).execute();
  await unique("likeness_credit_entry_number", ["owner_id", "number"]).execute();
}

/** Reservations for orders; the id is the order's. */
export async function createCreditHold({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_credit_hold")
    .addColumn("id", "text", primaryKey)
    .addColumn("owner_id", "text", ofAccount)
    .addColumn("amount", "integer", (column) => column.notNull().check(sql`amount > 0`))
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('held', 'captured', 'released')`))
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("settled_at", "text", optionalTime("settled_at"))
    .addCheckConstraint("settled_whole", sql`(settled_at is null) = (state = 'held')`)
    .execute();

  const index = (name: string) => schema.createIndex(name).on("likeness_credit_hold");
  await index("likeness_credit_hold_of_owner").column("owner_id").execute();
  // Few holds are open, and the sweeper asks for them every minute.
  const open = index("likeness_credit_hold_open").columns(["id", "created_at"]);
  await open.where(sql.ref("state"), "=", sql.lit("held")).execute();
}
