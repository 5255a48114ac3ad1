import type { Repositories } from "@likeness/core";
import {
  aCharge,
  aManifest,
  aModel,
  anAcceptedPhoto,
  anAvatar,
  anInboxDelivery,
  aNotification,
  aPhoto,
  aProviderRequest,
  aPurchase,
  aSnapshot,
  aTraining,
  testStart,
  valueOf,
} from "@likeness/testing";
import { kyselyCredits, kyselyPurchases, type Database as Tables } from "@likeness/kysely";
import { sql } from "kysely";
import { okAsync } from "neverthrow";
import type { Filling, Storage } from "./storage.ts";

/** Ids made from row numbers, the same in TypeScript and in the SQL of every database. */
const numbered = (prefix: string) => ({
  of: (number: number): string => `${prefix}${String(number).padStart(12, "0")}`,
  sql: `'${prefix}' || substr(cast(1000000000000 + n as text), 2)`,
});

const avatarIds = numbered("019ab000-0000-7000-8000-");
export const trainingIds = numbered("019ab000-0000-7000-8001-");
export const requestIds = numbered("019ab000-0000-7000-8002-");
const photoIds = numbered("019ab000-0000-7000-8003-");
const deliveryIds = numbered("019ab000-0000-7000-8004-");
const messageIds = numbered("019ab000-0000-7000-8005-");
const rejectedIds = numbered("019ab000-0000-7000-8006-");
const chargeIds = numbered("charge-");
const entryIds = numbered("019ab000-0000-7000-8007-");
const blobKeys = numbered("5".repeat(52));

/** Spreads an owner's avatars over the table, as in a deployment with many owners. */
export const avatarsPerOwner = 4;
export const ownerOf = (number: number): string => `owner:${number}`;

type Columns = Readonly<Record<string, string>>;

/** A number of avatars that wait for the webhooks of their trainings. */
export async function fillWithTrainings({ store, fill }: Storage, count: number): Promise<void> {
  const training = aTraining("submitted", { provider: "fal", nextCheckAt: never, deadlineAt: never });
  const avatar = anAvatar({ id: training.avatarId, state: { status: "training", trainingId: training.id } });
  await valueOf(store.atomically((tx) => tx.avatars.save(avatar).andThen(() => tx.orders.save(training))));
  await fill(async (filling) => {
    await multiply(filling, "likeness_avatar", count, { ...avatarColumns, owner_id: `'owner:' || n` });
    await multiply(filling, "likeness_order", count, trainingColumns);
  });
}

const day = 86_400;

/** As many of the avatars were made in the last seven days, however many there are. */
export const newAvatars = 1_000;

/** Seconds since the n-th avatar was made: the newest in seven days, and before that one in 80 seconds. */
const age = `case when n < ${newAvatars} then n * ${(7 * day) / newAvatars} else ${7 * day} + (n - ${newAvatars}) * 80 end`;

/** Deliveries are deleted 90 days after they were settled. */
const deliveryAge = `case when ${age} < ${80 * day} then ${age} else ${80 * day} end`;

/** A number of avatars with models, and their rows: photos, training, delivery, message, payment and its booking. */
export async function fillWithAvatars(storage: Storage, count: number): Promise<void> {
  await valueOf(storage.store.atomically((tx) => saveReadyOne(tx)));
  await payOnce(storage);
  const owners = Math.ceil(count / avatarsPerOwner);
  const ownerId = `'owner:' || (n % ${owners})`;
  const now = Math.floor(Date.now() / 1000);
  await storage.fill(async (filling) => {
    const at = filling.timeOf(`${now} - (${age})`);
    const settledAt = filling.timeOf(`${now} - (${deliveryAge})`);
    await multiply(filling, "likeness_avatar", count, {
      ...avatarColumns,
      owner_id: ownerId,
      created_at: at,
      updated_at: at,
    });
    await multiply(filling, "likeness_order", count, {
      ...trainingColumns,
      owner_id: ownerId,
      counted_as: trainingIds.sql,
      created_at: filling.timeOf(`${now} - 1800 - (${age})`),
      finished_at: at,
    });
    for (const use of ["photo", "outcome"]) {
      const blob: Columns = { order_id: trainingIds.sql, use: `'${use}'`, blob_key: blobKeys.sql };
      await multiply(filling, "likeness_order_blob", count, blob);
    }
    const photo: Columns = { avatar_id: avatarIds.sql, created_at: at };
    await multiply(filling, "likeness_photo", count, { ...photo, id: photoIds.sql, blob_key: blobKeys.sql });
    await multiply(filling, "likeness_photo", count, { ...photo, id: rejectedIds.sql }, { status: "rejected" });
    await multiply(filling, "likeness_webhook_inbox", count, {
      id: deliveryIds.sql,
      request_id: requestIds.sql,
      order_id: trainingIds.sql,
      received_at: settledAt,
      settled_at: settledAt,
    });
    await multiply(filling, "likeness_notification", count, {
      id: messageIds.sql,
      dedupe_key: messageIds.sql,
      owner_id: ownerId,
      avatar_id: avatarIds.sql,
      order_id: trainingIds.sql,
      created_at: at,
    });
    await multiply(filling, "likeness_payment", count, {
      charge_id: chargeIds.sql,
      owner_id: ownerId,
      payload: chargeIds.sql,
      purchase_id: chargeIds.sql,
      paid_at: at,
    });
    await multiply(filling, "likeness_credit_entry", count, {
      id: entryIds.sql,
      owner_id: `'payer:' || n`,
      reference: chargeIds.sql,
      created_at: at,
    });
  });
}

const never = "9999-12-31T23:59:59.999Z";
const avatarColumns: Columns = { id: avatarIds.sql, training_id: trainingIds.sql };
const trainingColumns: Columns = {
  id: trainingIds.sql,
  avatar_id: avatarIds.sql,
  idempotency_key: trainingIds.sql,
  request_id: requestIds.sql,
};

function saveReadyOne(tx: Repositories) {
  const request = aProviderRequest();
  const files = { blobKey: blobKeys.of(0) };
  const { weights, config } = aModel();
  const model = { weights: { ...weights, ...files }, config: config && { ...config, ...files } };
  const submittedAt = testStart;
  const training = aTraining("succeeded", {
    snapshot: aSnapshot({ manifest: aManifest(1) }),
    state: { status: "succeeded", request, outcome: model, submittedAt, finishedAt: testStart },
  });
  const { avatarId, id: orderId } = training;
  const sent = { status: "sent", sentAt: testStart, messageId: "1" } as const;
  const rejected = aPhoto({
    avatarId,
    number: 2,
    state: { status: "rejected", rejection: { code: "too-small", side: 300, minimum: 512 } },
  });
  return tx.avatars
    .save(anAvatar({ id: avatarId, photosTaken: 2, state: { status: "ready", trainingId: orderId } }))
    .andThen(() => tx.orders.save(training))
    .andThen(() => tx.photos.save(anAcceptedPhoto({ avatarId })))
    .andThen(() => tx.photos.save(rejected))
    .andThen(() => tx.inbox.insert(anInboxDelivery({ orderId, outcome: "applied", settledAt: testStart })))
    .andThen(() => tx.outbox.insert(aNotification({ avatarId, orderId, state: sent })));
}

async function payOnce({ db }: Storage): Promise<void> {
  const credits = kyselyCredits(db, { prices });
  const purchases = kyselyPurchases(db, { credits, jobs: () => ({ enqueue: () => okAsync(undefined) }) });
  const purchase = aPurchase();
  await valueOf(purchases.open(purchase));
  const { payment } = await valueOf(purchases.pay(aCharge(purchase)));
  await valueOf(purchases.noteTold(payment.chargeId, payment.state));
}

/** Credits that the orders of the benches cost. */
export const prices = { training: 10, image: 1, upscale: 1 };

/**
 * Copies a row of a table; `columns` are the columns that differ, as SQL of the row number `n`. `which` tells the row where
 * there are others.
 */
async function multiply(
  { db }: Filling,
  table: keyof Tables,
  count: number,
  columns: Columns,
  which: Readonly<Record<string, string>> = {},
): Promise<void> {
  const conditions = Object.entries(which).map(([name, value]) => sql<boolean>`${sql.ref(name)} = ${value}`);
  const { rows } = await sql<object>`select * from ${sql.table(table)}
    where ${conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`} limit 1`.execute(db);
  const [row = {}] = rows;
  const names = Object.keys(row).map((name) => sql.ref(name));
  const values = Object.entries(row).map(([name, value]) => {
    const differing = columns[name];
    return differing === undefined ? sql.lit(value) : sql.raw(differing);
  });
  await sql`
    with recursive series(n) as (select 0 union all select n + 1 from series where n + 1 < ${sql.lit(count)})
    insert into ${sql.table(table)} (${sql.join(names)})
    select ${sql.join(values)} from series
  `.execute(db);
}
