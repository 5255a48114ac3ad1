import {
  aCharge,
  anAcceptedPhoto,
  aConsent,
  anAvatar,
  anErasedCount,
  anErasure,
  anImageOrder,
  anInboxDelivery,
  aNotification,
  anOwner,
  aPicture,
  aPurchase,
  aSession,
  aTraining,
  testStart,
  valueOf,
} from "@likeness/testing";
import type { LedgerCredits, Purchases, Store } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import type { Database } from "../database.ts";

/** Parents come before their children. */
const tables = [
  "likeness_avatar",
  "likeness_photo",
  "likeness_order",
  "likeness_order_blob",
  "likeness_picture",
  "likeness_webhook_inbox",
  "likeness_notification",
  "likeness_session",
  "likeness_owner",
  "likeness_consent",
  "likeness_erasure",
  "likeness_erased_order",
  "likeness_spending",
  "likeness_switch",
  "likeness_erased_count",
  "likeness_credit_account",
  "likeness_credit_entry",
  "likeness_credit_hold",
  "likeness_purchase",
  "likeness_payment",
] as const satisfies readonly (keyof Database)[];

/** Columns that differ from row to row. */
const distinct = (
  "id key set_id counted_as day name owner_id owner_digest avatar_id training_id order_id idempotency_key request_id dedupe_key digest " +
  "charge_id purchase_id reference reference_key sha256 blob_key weights_blob_key config_blob_key"
).split(" ");

/** Inserts enough rows into every table to matter to the query planner, and updates its statistics. */
export async function fillPostgres(
  db: Kysely<Database>,
  {
    store,
    credits,
    purchases,
  }: { readonly store: Store; readonly credits: LedgerCredits; readonly purchases: Purchases },
  rows = 1_000,
): Promise<void> {
  const avatar = await valueOf(store.avatars.save(anAvatar()));
  const of = { avatarId: avatar.id };
  await valueOf(store.photos.save(anAcceptedPhoto(of)));
  await valueOf(store.orders.save(aTraining("submitted", of)));
  await valueOf(store.orders.save(anImageOrder("submitted", of)));
  await valueOf(store.pictures.save(aPicture(of)));
  await valueOf(store.inbox.insert(anInboxDelivery({ ownerId: "owner:1" })));
  await valueOf(store.outbox.insert(aNotification(of)));
  await valueOf(store.owners.save(anOwner()));
  await valueOf(store.consents.insert(aConsent()));
  await valueOf(store.sessions.save(aSession({ ownerId: "owner:1" })));
  await valueOf(store.erasures.save(anErasure()));
  await valueOf(store.erasures.noteOrder({ orderId: "any", endpoint: "example/trainer", erasedAt: testStart }));
  await valueOf(store.guards.spend({ day: "2026-11-23", amount: 1, cap: 2 }));
  await valueOf(store.guards.noteErased(anErasedCount()));
  await valueOf(store.guards.switchPaidWork({ state: "off", switchedAt: avatar.createdAt }));
  await valueOf(credits.topUp({ ownerId: "owner:1", amount: 100, reference: "top-up" }));
  const order = aTraining("requested", { ownerId: "owner:1" });
  await valueOf(credits.reserve(order));
  await valueOf(credits.capture(order.id));
  const purchase = aPurchase();
  await valueOf(purchases.open(purchase));
  await valueOf(purchases.pay(aCharge(purchase)));
  for (const table of tables) {
    const name = sql.table(table);
    await sql`
      insert into ${name} select filled.* from ${name} one, generate_series(1, ${sql.lit(rows)}) copies(copy),
        lateral (
          select jsonb_object_agg(key, value || ' ' || copy) as columns from jsonb_each_text(to_jsonb(one))
          where key in (${sql.join(distinct)}) and value is not null
        ) changed,
        lateral jsonb_populate_record(null::${name}, to_jsonb(one) || changed.columns) filled`.execute(db);
  }
  await sql`analyze`.execute(db);
}
