import {
  aConsent,
  anAvatar,
  anInboxDelivery,
  aNotification,
  anOwner,
  aPhoto,
  aPicture,
  aTraining,
  testClock,
  valueOf,
} from "@likeness/testing";
import type { Database as Sqlite } from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { kyselyStore } from "./kysely-store.ts";

/** One right row in each table. */
async function rightRows(): Promise<Sqlite> {
  const { db, database } = await temporarySqlite();
  const store = kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: testClock() }).within });
  const avatar = await valueOf(store.avatars.save(anAvatar()));
  const of = { avatarId: avatar.id };
  await valueOf(store.photos.save(aPhoto(of)));
  await valueOf(store.orders.save(aTraining("submitted", of)));
  await valueOf(store.pictures.save(aPicture(of)));
  await valueOf(store.inbox.insert(anInboxDelivery()));
  await valueOf(store.outbox.insert(aNotification(of)));
  await valueOf(store.owners.save(anOwner()));
  await valueOf(store.consents.insert(aConsent()));
  await valueOf(store.jobs.enqueue({ kind: "example.work", key: "1", payload: null }));
  return database;
}

/** What a program with a mistake, or a person with a shell, could write, and the rule that it breaks. */
const mistakes = [
  ["avatar set status = 'COMPLETED'", "status_known"],
  ["avatar set status = 'ready'", "training_id_filled_exactly"],
  ["avatar set status = 'failed', training_id = '1'", "failure_reason_filled_exactly"],
  ["avatar set training_id = '1'", "training_id_filled_exactly"],
  ["avatar set serving_training_id = '1'", "serving_training_id_filled_only"],
  ["avatar set kind = 'cat'", "kind_known"],
  ["avatar set main = 2", "main"],
  ["avatar set photos_taken = -1", "photos_taken"],
  ["avatar set name = null", "avatar.name"],
  ["avatar set version = 'one'", "cannot store TEXT value in INTEGER column likeness_avatar.version"],
  ["avatar set created_at = '2026-11-23 06:00:00'", "created_at"],
  ["photo set status = 'accepted', blob_key = 'ab'", "sha256_filled_exactly"],
  ["photo set status = 'rejected'", "rejection_filled_exactly"],
  ["photo set sha256 = 'ab'", "sha256_filled_exactly"],
  ["photo set reference_locator = null", "reference_whole"],
  ["photo set avatar_id = 'nobody'", "FOREIGN KEY constraint failed"],
  ["photo set number = 1.5", "cannot store REAL value in INTEGER column likeness_photo.number"],
  ["order set status = 'succeeded', progress = null, finished_at = created_at", "outcome_filled"],
  [
    "order set status = 'failed', progress = null, submitted_at = null, finished_at = created_at",
    "failure_reason_filled_exactly",
  ],
  ["order set request_id = null", "request_id_filled"],
  ["order set progress = null", "progress_filled_exactly"],
  ["order set prepared = null", "prepared_filled"],
  ["order set submit_started_at = created_at", "submit_started_at_filled_exactly"],
  ["order set outcome = '{}'", "outcome_filled_only"],
  ["order set uncopied = 1", "uncopied_outcome"],
  ["order set finished_at = created_at", "finished_at_filled_exactly"],
  ["order set next_check_at = 'soon'", "next_check_at"],
  ["order_blob set use = 'thumbnail'", "use"],
  ["picture set avatar_id = 'nobody'", "FOREIGN KEY constraint failed"],
  ["picture set favourite = 2", "favourite"],
  ["picture set bytes = -1", "bytes"],
  ["picture set width = -1", "width"],
  ["picture set height = -1", "height"],
  ["picture set blob_key = null", "picture.blob_key"],
  ["picture set created_at = 'today'", "created_at"],
  ["webhook_inbox set outcome = 'applied'", "settled_whole"],
  ["webhook_inbox set verified = null", "webhook_inbox.verified"],
  ["notification set status = 'sent'", "sent_at_filled_exactly"],
  ["notification set message_id = '1'", "message_id_filled_only"],
  ["notification set status = 'dead'", "failure_detail_filled_exactly"],
  ["notification set avatar_id = 'nobody'", "FOREIGN KEY constraint failed"],
  ["owner set pictures_per_press = 0", "pictures_per_press"],
  ["owner set progress = 'loud'", "progress"],
  ["owner set last_seen_at = null", "owner.last_seen_at"],
  ["consent set given_at = 'yesterday'", "given_at"],
  ["consent set withdrawn_at = 'never'", "withdrawn_at"],
  ["consent set text_hash = null", "consent.text_hash"],
  ["job set lease_owner = 'me', attempts = 1", "lease_whole"],
  ["job set lease_owner = 'me', lease_until = run_at", "claim_counted"],
  ["job set dead_at = run_at, lease_owner = 'me', lease_until = run_at, attempts = 1", "dead_unclaimed"],
] as const;

describe("the tables", () => {
  it.each(mistakes)("refuse to update %s: %s", async (change, reason) => {
    const database = await rightRows();
    expect(() => database.exec(`update likeness_${change}`)).toThrow(reason);
  });
});
