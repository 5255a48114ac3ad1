import type { Store } from "@likeness/core";
import {
  anAvatar,
  aGeneration,
  aJob,
  anInboxDelivery,
  aNotification,
  aPhoto,
  aSession,
  aTraining,
  testClock,
  testStart,
  valueOf,
} from "@likeness/testing";
import type { Database } from "better-sqlite3";
import type { CompiledQuery } from "kysely";
import { describe, expect, it } from "vitest";
import { buryJob, claimJob, extendLease, putBackJob } from "../sqlite/job-statements.ts";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { temporarySqlite } from "../testing/temporary-sqlite.ts";
import { kyselyStore } from "./kysely-store.ts";

const now = testStart;

/** Uses everything that the ports have. */
async function useEverything({ avatars, photos, trainings, generations, inbox, outbox, sessions, jobs }: Store) {
  const avatar = anAvatar();
  const of = { avatarId: avatar.id };
  await valueOf(avatars.save(await valueOf(avatars.save(avatar))));
  await valueOf(photos.save(await valueOf(photos.save(aPhoto(of)))));
  await valueOf(trainings.save(await valueOf(trainings.save(aTraining("submitted", of)))));
  await valueOf(generations.save(await valueOf(generations.save(aGeneration("submitted", of)))));
  await valueOf(sessions.save(await valueOf(sessions.save(aSession()))));
  const delivery = anInboxDelivery();
  await valueOf(inbox.insert(delivery));
  await valueOf(inbox.settle(delivery.id, "applied", now));
  const notification = aNotification(of);
  await valueOf(outbox.insert(notification));
  await valueOf(outbox.save({ ...notification, version: 1 }));
  await valueOf(jobs.enqueue(aJob()));

  await valueOf(avatars.find("any"));
  await valueOf(avatars.hold("any"));
  await valueOf(avatars.listByOwner(avatar.ownerId));
  await valueOf(avatars.setMain(avatar.ownerId, avatar.id));
  await valueOf(photos.find("any"));
  await valueOf(photos.listByAvatar("any"));
  await valueOf(photos.pendingBefore(now, 10));
  await valueOf(photos.usesBlob("any"));
  await valueOf(trainings.find("any"));
  await valueOf(trainings.findByIdempotencyKey("any"));
  await valueOf(trainings.listByAvatar("any"));
  await valueOf(trainings.dueBefore(now, 10));
  await valueOf(trainings.usesBlob("any"));
  await valueOf(generations.find("any"));
  await valueOf(generations.findByIdempotencyKey("any"));
  await valueOf(generations.listByAvatar("any"));
  await valueOf(generations.dueBefore(now, 10));
  await valueOf(inbox.find("any"));
  await valueOf(inbox.unsettledBefore(now, 10));
  await valueOf(inbox.purge(now));
  await valueOf(outbox.find("any"));
  await valueOf(outbox.findByDedupeKey("any"));
  await valueOf(outbox.dueBefore(now, 10));
  await valueOf(outbox.undeliverable("any"));
  await valueOf(sessions.find("any"));
  await valueOf(sessions.delete("any"));
  await valueOf(photos.delete("any"));
  await valueOf(avatars.delete(avatar.id));
}

/** What SQLite does to answer a statement, one line a step. */
function planOf(database: Database, { sql, parameters }: CompiledQuery): string[] {
  const steps = database.prepare(`explain query plan ${sql}`).all(...parameters) as { readonly detail: string }[];
  return steps.map(({ detail }) => detail);
}

describe("the tables", () => {
  it("have an index for every question that is asked", async () => {
    const asked: CompiledQuery[] = [];
    const { db, database } = await temporarySqlite(({ query }) => void asked.push(query));
    asked.length = 0;
    await useEverything(kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: testClock() }).within }));
    const claim = () => claimJob(db, ["example.work"], { now, until: now, owner: "me" });
    const job = await valueOf(claim());
    if (!job) throw new Error("there is no job to claim");
    await extendLease(db, job, now);
    await putBackJob(db, job, { runAt: now, attempts: 0 });
    const again = await valueOf(claim());
    if (again) await buryJob(db, again, now, "dead");

    const statements = asked.filter(({ sql }) => /^(select|insert|update|delete)/.test(sql));
    const slow = statements.flatMap((query) =>
      planOf(database, query)
        .filter((step) => /^SCAN (?!\d+-ROW VALUES)|TEMP B-TREE/.test(step))
        .map((step) => `${step}: ${query.sql}`),
    );
    expect(slow).toStrictEqual([]);
    expect(statements.length).toBeGreaterThan(40);
  });

  it("can be deleted from without looking at every row that could point to the deleted one", async () => {
    const { database } = await temporarySqlite();
    const children = database
      .prepare(
        `select t.name as child, f."from" as "column" from pragma_table_list t, pragma_foreign_key_list(t.name) f`,
      )
      .all() as { readonly child: string; readonly column: string }[];
    expect(children.map(({ child }) => child).toSorted((left, right) => left.localeCompare(right))).toStrictEqual([
      "generation",
      "notification",
      "photo",
      "training",
      "training_photo",
    ]);
    for (const { child, column } of children) {
      const [step] = database.prepare(`explain query plan delete from ${child} where ${column} = ?`).all("any");
      expect(step).toMatchObject({ detail: expect.stringMatching(/^SEARCH/) });
    }
  });
});
