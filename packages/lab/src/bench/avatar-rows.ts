import type { Repositories } from "@likeness/core";
import type { Database as Tables } from "@likeness/kysely";
import {
  aManifest,
  aModel,
  anAcceptedPhoto,
  anAvatar,
  anInboxDelivery,
  aNotification,
  aProviderRequest,
  aSnapshot,
  aTraining,
  testStart,
  valueOf,
} from "@likeness/testing";
import { sql, type Kysely } from "kysely";
import type { Storage } from "./storage.ts";

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
const blobKeys = numbered("5".repeat(52));

/** Spreads an owner's avatars over the table, as in a deployment with many owners. */
export const avatarsPerOwner = 4;
export const ownerOf = (number: number): string => `owner:${number}`;

type Columns = Readonly<Record<string, string>>;

/** A number of avatars that wait for the webhooks of their trainings. */
export async function fillWithTrainings({ store, filling }: Storage, count: number): Promise<void> {
  const training = aTraining("submitted", { provider: "fal", nextCheckAt: never, deadlineAt: never });
  const avatar = anAvatar({ id: training.avatarId, state: { status: "training", trainingId: training.id } });
  await valueOf(store.atomically((tx) => tx.avatars.save(avatar).andThen(() => tx.orders.save(training))));
  await multiply(filling, "likeness_avatar", count, { ...avatarColumns, owner_id: `'owner:' || n` });
  await multiply(filling, "likeness_order", count, trainingColumns);
}

/** A number of avatars with models, and their rows: photo, training, delivery and message. */
export async function fillWithAvatars({ store, filling }: Storage, count: number): Promise<void> {
  await valueOf(store.atomically((tx) => saveReadyOne(tx)));
  const owners = Math.ceil(count / avatarsPerOwner);
  await multiply(filling, "likeness_avatar", count, { ...avatarColumns, owner_id: `'owner:' || (n % ${owners})` });
  await multiply(filling, "likeness_order", count, trainingColumns);
  for (const use of ["photo", "outcome"]) {
    const blob: Columns = { order_id: trainingIds.sql, use: `'${use}'`, blob_key: blobKeys.sql };
    await multiply(filling, "likeness_order_blob", count, blob);
  }
  await multiply(filling, "likeness_photo", count, {
    id: photoIds.sql,
    avatar_id: avatarIds.sql,
    blob_key: blobKeys.sql,
  });
  await multiply(filling, "likeness_webhook_inbox", count, {
    id: deliveryIds.sql,
    request_id: requestIds.sql,
    order_id: trainingIds.sql,
  });
  await multiply(filling, "likeness_notification", count, {
    id: messageIds.sql,
    dedupe_key: messageIds.sql,
    owner_id: `'owner:' || (n % ${owners})`,
    avatar_id: avatarIds.sql,
    order_id: trainingIds.sql,
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
  return tx.avatars
    .save(anAvatar({ id: avatarId, photosTaken: 1, state: { status: "ready", trainingId: orderId } }))
    .andThen(() => tx.orders.save(training))
    .andThen(() => tx.photos.save(anAcceptedPhoto({ avatarId })))
    .andThen(() => tx.inbox.insert(anInboxDelivery({ orderId, outcome: "applied", settledAt: testStart })))
    .andThen(() => tx.outbox.insert(aNotification({ avatarId, orderId, state: sent })));
}

/** Copies the only row of a table; `columns` are the columns that differ, as SQL of the row number `n`. */
async function multiply(db: Kysely<Tables>, table: keyof Tables, count: number, columns: Columns): Promise<void> {
  const row = await db.selectFrom(table).selectAll().executeTakeFirstOrThrow();
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
